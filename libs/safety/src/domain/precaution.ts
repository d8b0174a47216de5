/** A precaution of one patient: what a file proposes is nothing settled until a person has looked, and theirs from then on. */
import { siteFault } from '@fascia/clinical';
import { CONTRAINDICATIONS_VERSION, isClearable } from '@fascia/clinical/contraindications';
import { isOlder } from '@fascia/directory/contract';
import { happened, sameJson, type CalendarDate, type Decider, type Decision } from '@fascia/kernel';
import type { PrecautionCommand, PrecautionCommandOf } from '../contract/precaution.commands.js';
import type { Circumstances, PrecautionEvent, PrecautionSaid } from '../contract/precaution.events.js';
import type { PrecautionStage } from '../contract/precaution.lifecycle.js';
import { refuse, type SafetyRefusal } from '../contract/refusals.js';
import { endPrecaution, saidAtEnd } from './ending.js';

interface Precaution {
  readonly status: Exclude<PrecautionStage, 'none'>;
  readonly patientId: string;
  readonly catalogueId: string;
  /** What the source says as long as it says nothing new; of one that a person recorded nothing. */
  readonly said?: PrecautionSaid;
  /** As people said it last. */
  readonly circumstances?: Circumstances;
  readonly cleared: boolean;
  /** Dismissed by the source's word alone: proposed again when the source says so. */
  readonly endedAtSource?: boolean | undefined;
  /** Of a source that ended it before it was proposed here. */
  readonly unseen?: true | undefined;
}

export type PrecautionState = Precaution | undefined;

export interface PrecautionFacts {
  /** Where the caller is. */
  readonly today: CalendarDate;
}

type Propose = PrecautionCommandOf<'ProposePrecaution'>;
type Answer = Decision<PrecautionEvent>;

const saidIn = ({ tableVersion, since, ended, endedOn, lastUpdated }: PrecautionSaid): PrecautionSaid => ({
  tableVersion,
  ended,
  ...(since === undefined ? {} : { since }),
  ...(endedOn === undefined ? {} : { endedOn }),
  ...(lastUpdated === undefined ? {} : { lastUpdated }),
});

/** What a person weighs; which table found it, and when the source touched it, changes nothing for them. */
const weighed = ({ since, ended, endedOn }: PrecautionSaid): object => ({ since, ended, endedOn });

/** A later prescription of the same medicine is no later beginning. */
const sinceTheFirst = (said: PrecautionSaid, before: PrecautionSaid): PrecautionSaid =>
  before.since !== undefined && (said.since === undefined || before.since < said.since)
    ? { ...said, since: before.since }
    : said;

const propose = (command: Propose, state: PrecautionState): Answer => {
  const { type: _type, ...data } = command;
  if (state === undefined) return happened({ type: 'PrecautionProposed', data });
  if (state.patientId !== command.patientId)
    return refuse('SOURCE_OTHER_PERSON', 'Under this id the source said it of another patient.');
  if (state.said === undefined) return refuse('PRECAUTION_EXISTS', 'A person recorded one under this id.');
  const said = sinceTheFirst(saidIn(command), state.said);
  const isNews = !sameJson(weighed(said), weighed(state.said));
  if (isOlder(said, state.said))
    return isNews
      ? refuse('SOURCE_OLDER', 'A newer state of this precaution was taken from the source before.')
      : happened();
  if (sameJson(said, state.said)) return happened();
  if (state.endedAtSource === true && !said.ended)
    return happened({ type: 'PrecautionProposed', data: { ...data, ...said } });
  return state.status === 'proposed' || !isNews
    ? happened({ type: 'PrecautionRestated', data: said })
    : refuse('SOURCE_DIFFERS', 'It was settled here, and the source says otherwise.');
};

const circumstancesIn = ({ site, since, beganAt, details }: Circumstances): Circumstances => ({
  details,
  ...(site === undefined ? {} : { site }),
  ...(since === undefined ? {} : { since }),
  ...(beganAt === undefined ? {} : { beganAt }),
});

type Circumstanced = PrecautionCommandOf<'SpecifyPrecaution'> | PrecautionCommandOf<'RecordPrecaution'>;

const faultOf = (
  { site, since, beganAt }: Circumstanced,
  today: CalendarDate,
  at: string,
): SafetyRefusal | undefined => {
  if (site !== undefined && siteFault(site) !== undefined)
    return {
      code: 'PRECAUTION_SITE_INVALID',
      detail: 'This region needs its side, or has no such side.',
      pointer: '/site/side',
    };
  const isToCome = (since !== undefined && since > today.slice(0, since.length)) || (beganAt ?? '') > at;
  return isToCome
    ? {
        code: 'PRECAUTION_IN_FUTURE',
        detail: 'What has not begun is no precaution yet.',
        pointer: beganAt === undefined ? '/since' : '/beganAt',
      }
    : undefined;
};

const record = (
  command: PrecautionCommandOf<'RecordPrecaution'>,
  state: PrecautionState,
  { today }: PrecautionFacts,
  at: string,
): Answer => {
  if (state !== undefined) return refuse('PRECAUTION_EXISTS', 'This precaution is recorded already.');
  const refusal = faultOf(command, today, at);
  if (refusal !== undefined) return { ok: false, refusal };
  const { patientId, catalogueId, source, note } = command;
  return happened({
    type: 'PrecautionRecorded',
    data: {
      ...circumstancesIn(command),
      patientId,
      catalogueId,
      catalogueVersion: CONTRAINDICATIONS_VERSION,
      source,
      ...(note === undefined ? {} : { note }),
    },
  });
};

const settledAlready = (detail: string): Answer => refuse('PRECAUTION_SETTLED', detail);

const NOT_STANDING = 'It was dismissed, or holds no longer: confirm it first.';

const clear = (
  { type: _type, ...said }: PrecautionCommandOf<'ClearPrecaution'>,
  { status, catalogueId }: Precaution,
  { today }: PrecautionFacts,
): Answer => {
  if (status !== 'confirmed')
    return refuse('PRECAUTION_NOT_STANDING', 'Only what is confirmed is cleared: confirm it first.');
  if (!isClearable(catalogueId))
    return refuse(
      'PRECAUTION_NOT_CLEARABLE',
      'No clearance opens this row: say where it is and since when, or resolve it once it is over.',
      { about: { catalogueId } },
    );
  if (said.until < said.from || said.until < today)
    return refuse('CLEARANCE_PERIOD', 'A clearance ends after it begins, and not before today.', {
      pointer: '/until',
    });
  const fault = (said.sites ?? []).findIndex((site) => siteFault(site) !== undefined);
  return fault >= 0
    ? refuse('PRECAUTION_SITE_INVALID', 'This region needs its side, or has no such side.', {
        pointer: `/sites/${String(fault)}/side`,
      })
    : happened({ type: 'PrecautionCleared', data: said });
};

type Later = Exclude<PrecautionCommand, { type: 'ProposePrecaution' | 'EndPrecaution' | 'RecordPrecaution' }>;

const decideLater = (command: Later, state: Precaution, facts: PrecautionFacts, at: string): Answer => {
  const stands = state.status === 'proposed' || state.status === 'confirmed';
  switch (command.type) {
    case 'ConfirmPrecaution':
      return state.status === 'confirmed'
        ? settledAlready('It is confirmed already.')
        : happened({ type: 'PrecautionConfirmed', data: {} });
    case 'DismissPrecaution':
      return stands
        ? happened({ type: 'PrecautionDismissed', data: { reason: command.reason } })
        : settledAlready('It is dismissed already, or holds no longer.');
    case 'SpecifyPrecaution': {
      if (!stands) return refuse('PRECAUTION_NOT_STANDING', NOT_STANDING);
      const refusal = faultOf(command, facts.today, at);
      if (refusal !== undefined) return { ok: false, refusal };
      const data = circumstancesIn(command);
      return sameJson(data, state.circumstances)
        ? happened()
        : happened({ type: 'PrecautionSpecified', data });
    }
    case 'ResolvePrecaution':
      return stands
        ? happened({
            type: 'PrecautionResolved',
            data: { reason: command.reason, evidence: command.evidence },
          })
        : settledAlready('It holds no longer already, or was dismissed.');
    case 'ClearPrecaution':
      return clear(command, state, facts);
    case 'EndClearance':
      return state.cleared
        ? happened({ type: 'PrecautionClearanceEnded', data: { reason: command.reason } })
        : refuse('CLEARANCE_NONE', 'There is no clearance to take back.');
  }
};

const endReceived = ({
  patientId,
  catalogueId,
  lastUpdated,
}: Extract<PrecautionEvent, { type: 'PrecautionEndReceived' }>['data']): Precaution => ({
  status: 'dismissed',
  patientId,
  catalogueId,
  said: { tableVersion: '', ended: true, ...(lastUpdated === undefined ? {} : { lastUpdated }) },
  cleared: false,
  endedAtSource: true,
  unseen: true,
});

export const precautionDecider: Decider<
  PrecautionState,
  PrecautionCommand,
  PrecautionEvent,
  PrecautionFacts
> = {
  category: 'precaution',
  initial: undefined,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'PrecautionProposed': {
        const { patientId, catalogueId } = fact.data;
        return { status: 'proposed', patientId, catalogueId, said: saidIn(fact.data), cleared: false };
      }
      case 'PrecautionRecorded': {
        const { patientId, catalogueId } = fact.data;
        const circumstances = circumstancesIn(fact.data);
        return { status: 'confirmed', patientId, catalogueId, circumstances, cleared: false };
      }
      case 'PrecautionRestated':
        return state && { ...state, said: fact.data };
      case 'PrecautionEndReceived':
        return endReceived(fact.data);
      case 'PrecautionSourceEnded':
        return (
          state && {
            ...state,
            status: state.status === 'proposed' ? 'dismissed' : state.status,
            ...(state.said === undefined ? {} : { said: saidAtEnd(state.said, fact.data) }),
            endedAtSource: state.status === 'proposed' || state.endedAtSource === true,
          }
        );
      case 'PrecautionConfirmed':
        return state && { ...state, status: 'confirmed', endedAtSource: false };
      case 'PrecautionDismissed':
        return state && { ...state, status: 'dismissed', cleared: false, endedAtSource: false };
      case 'PrecautionSpecified':
        return state && { ...state, circumstances: fact.data };
      case 'PrecautionResolved':
        return state && { ...state, status: 'resolved', cleared: false };
      case 'PrecautionCleared':
        return state && { ...state, cleared: true };
      case 'PrecautionClearanceEnded':
        return state && { ...state, cleared: false };
    }
  },
  decide: (command, state, { facts, at }) => {
    if (command.type === 'ProposePrecaution') return propose(command, state);
    if (command.type === 'EndPrecaution') return endPrecaution(command, state);
    if (command.type === 'RecordPrecaution') return record(command, state, facts, at);
    return state === undefined || state.unseen === true
      ? refuse('PRECAUTION_UNKNOWN', 'There is no such precaution.')
      : decideLater(command, state, facts, at);
  },
  stage: (state) => (state === undefined || state.unseen === true ? 'none' : state.status),
};
