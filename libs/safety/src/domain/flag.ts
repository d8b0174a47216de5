/**
 * A red flag of one patient (docs/domain/safety.md#red-flags). Open and confirmed flags both stand in the way of care; a physician's
 * reason lifts them, and vital signs may be measured again.
 */
import {
  isRedFlagId,
  RED_FLAG_CATALOGUE_VERSION,
  REVIEW_HOURS,
  siteFault,
  urgencyOf,
  type Urgency,
} from '@fascia/clinical';
import {
  dayOf,
  endOfDay,
  HOUR_MS,
  instantAfterMs,
  normalInstant,
  type Zone,
} from '@fascia/clinical/calendar';
import type { MovedTo } from '@fascia/directory/contract';
import {
  happened,
  sameJson,
  type Decider,
  type Decision,
  type DecisionContext,
  type Instant,
} from '@fascia/kernel';
import type { FlagCommand, FlagCommandOf } from '../contract/commands.js';
import type { FlagEvent } from '../contract/events.js';
import type { FlagStage } from '../contract/lifecycle.js';
import { refuse } from '../contract/refusals.js';

// State

type Call = Extract<FlagEvent, { type: 'RedFlagCommunicated' }>['data'];

export type FlagState =
  | {
      readonly status: Exclude<FlagStage, 'none'>;
      readonly patientId: string;
      readonly catalogueId: string;
      readonly referralId?: string | undefined;
      readonly movedTo?: MovedTo | undefined;
      /** Who was told, the first first. */
      readonly calls: readonly Call[];
    }
  | undefined;

export interface FlagFacts {
  /** Under which the session was booked that the command names. */
  readonly referralOfSession?: string | undefined;
  /** Where the patient is seen, or who raises it. */
  readonly zone: Zone;
}

type Context = DecisionContext<FlagFacts>;

/** Of one that is somebody else's: what it was raised about is not theirs. */
export const withoutSubjects = (told: readonly FlagEvent[]): readonly FlagEvent[] =>
  told.map((one) => {
    if (one.type !== 'RedFlagRaised') return one;
    const { referralId: _referral, sessionId: _session, ...data } = one.data;
    return { ...one, data };
  });

// Decisions

/** An emergency at once, the same day by its end there, and everything else within the hours of its urgency. */
const reviewDueAt = (urgency: Urgency, at: Instant, zone: Zone): Instant =>
  urgency === 'sameDay'
    ? endOfDay(dayOf(at, zone), zone)
    : instantAfterMs(at, REVIEW_HOURS[urgency] * HOUR_MS);

/** What an order or a file knows of a flag is known by its urgency too. */
const raise = (command: FlagCommandOf<'RaiseFlag'>, { facts, at, by }: Context): Decision<FlagEvent> => {
  const { type: _type, catalogueId, answers, settled, site, ...data } = command;
  if (!isRedFlagId(catalogueId))
    return refuse('FLAG_UNKNOWN', 'The red-flag catalogue has no such row.', { pointer: '/catalogueId' });
  if (site !== undefined && siteFault(site) === 'side-not-allowed')
    return refuse('FLAG_SITE_INVALID', 'This region has no such side.', { pointer: '/site/side' });
  if (settled !== undefined && by.role !== 'physician')
    return refuse('FLAG_SETTLED_BY_PHYSICIAN', 'Raise the flag: a physician lifts it, with the reason.', {
      pointer: '/settled',
    });
  const { referralId = facts.referralOfSession } = data;
  const urgency = urgencyOf(catalogueId, answers);
  const raised: FlagEvent = {
    type: 'RedFlagRaised',
    data: {
      ...data,
      ...(referralId === undefined ? {} : { referralId }),
      ...(site === undefined ? {} : { site }),
      catalogueId,
      catalogueVersion: RED_FLAG_CATALOGUE_VERSION,
      urgency,
      reviewDueAt: reviewDueAt(urgency, at, facts.zone),
    },
  };
  return settled === undefined
    ? happened(raised)
    : happened<FlagEvent>(raised, { type: 'RedFlagCleared', data: settled });
};

const recordCall = (
  command: FlagCommandOf<'RecordCall'>,
  calls: readonly Call[],
  { at }: Context,
): Decision<FlagEvent> => {
  const { type: _type, ...said } = command;
  const call = { ...said, at: normalInstant(command.at ?? at) };
  if (call.at > at)
    return refuse('CALL_IN_FUTURE', 'A call is recorded when it was made.', { pointer: '/at' });
  return calls.some((known) => sameJson(known, call))
    ? happened()
    : happened({ type: 'RedFlagCommunicated', data: call });
};

const CLEARED = refuse('FLAG_CLEARED', 'The flag is cleared already.');

const decide: Decider<FlagState, FlagCommand, FlagEvent, FlagFacts>['decide'] = (command, state, context) => {
  switch (command.type) {
    case 'RaiseFlag':
      return state === undefined
        ? raise(command, context)
        : refuse('FLAG_EXISTS', 'This flag is raised already.');
    case 'ClearFlag': {
      const { type: _type, ...data } = command;
      return state?.status === 'cleared' ? CLEARED : happened({ type: 'RedFlagCleared', data });
    }
    case 'ClearByRecheck':
      if (state?.catalogueId !== 'F10')
        return refuse(
          'FLAG_NOT_OF_VITALS',
          'Only vital signs are measured again: a physician lifts this flag.',
        );
      return state.status === 'cleared'
        ? happened()
        : happened({
            type: 'RedFlagCleared',
            data: { rationale: 'Measured again, inside the limits.', evidenceRef: command.sessionId },
          });
    case 'ConfirmFlag':
      return state?.status === 'open'
        ? happened({ type: 'RedFlagConfirmed', data: { disposition: command.disposition } })
        : refuse('FLAG_NOT_OPEN', 'Only an open flag is confirmed.');
    case 'RecordCall':
      return recordCall(command, state?.calls ?? [], context);
  }
};

export const flagDecider: Decider<FlagState, FlagCommand, FlagEvent, FlagFacts> = {
  category: 'flag',
  initial: undefined,
  evolve: (state, fact) => {
    if (fact.type === 'RedFlagRaised') {
      const { patientId, catalogueId, referralId } = fact.data;
      return { status: 'open', patientId, catalogueId, referralId, calls: [] };
    }
    if (state === undefined) return state;
    switch (fact.type) {
      case 'RedFlagCommunicated':
        return { ...state, calls: [...state.calls, fact.data] };
      case 'RedFlagCleared':
        return { ...state, status: 'cleared' };
      case 'RedFlagConfirmed':
        return { ...state, status: 'confirmed' };
      case 'RedFlagMoved':
        return { ...state, movedTo: fact.data };
    }
  },
  decide,
  stage: (state) => state?.status ?? 'none',
};
