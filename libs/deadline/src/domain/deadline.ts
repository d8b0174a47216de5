/**
 * The deadlines of one order. Each of a name stands once at a time: running, paused, or missed and still waited for. What comes after
 * it was due finds it missed, also where nobody had looked at the clock meanwhile.
 */
import type { WorkCalendar } from '@fascia/clinical/calendar';
import { happened, type Decider, type Decision, type Instant } from '@fascia/kernel';
import type { DeadlineCommand } from '../contract/commands.js';
import type { DeadlineEvent } from '../contract/events.js';
import { DEADLINE_POLICY, type DeadlineName, type Span } from '../contract/policy.js';
import { refuse } from '../contract/refusals.js';
import { dueOf, resumedAt } from './due.js';

export interface Standing {
  readonly status: 'running' | 'paused' | 'missed';
  readonly dueAt: Instant;
  readonly span?: Span | undefined;
  readonly organizationIds: readonly string[];
  readonly pausedAt?: Instant | undefined;
}

export interface Deadlines {
  readonly patientId?: string | undefined;
  readonly standing: Readonly<Partial<Record<DeadlineName, Standing>>>;
}

export type DeadlineState = Deadlines | undefined;

export interface DeadlineFacts {
  /** Of those who have to act. */
  readonly calendars: readonly WorkCalendar[];
}

const without = ({ standing }: Deadlines, name: DeadlineName): Partial<Record<DeadlineName, Standing>> =>
  Object.fromEntries(Object.entries(standing).filter(([one]) => one !== name));

const changed = (state: Deadlines, name: DeadlineName, change: Partial<Standing>): Deadlines => {
  const found = state.standing[name];
  return found === undefined
    ? state
    : { ...state, standing: { ...state.standing, [name]: { ...found, ...change } } };
};

const evolve: Decider<DeadlineState, DeadlineCommand, DeadlineEvent, DeadlineFacts>['evolve'] = (
  state = { standing: {} },
  fact,
) => {
  const { name } = fact.data;
  switch (fact.type) {
    case 'DeadlineSet': {
      const { patientId, dueAt, span, organizationIds } = fact.data;
      const set: Standing = { status: 'running', dueAt, span, organizationIds };
      return { patientId: patientId ?? state.patientId, standing: { ...state.standing, [name]: set } };
    }
    case 'DeadlinePaused':
      return changed(state, name, { status: 'paused', pausedAt: fact.data.at });
    case 'DeadlineResumed':
      return changed(state, name, { status: 'running', dueAt: fact.data.dueAt, pausedAt: undefined });
    case 'DeadlineMissed':
      return changed(state, name, { status: 'missed' });
    case 'DeadlineMet':
    case 'DeadlineCalledOff':
      return { ...state, standing: without(state, name) };
  }
};

type Answer = Decision<DeadlineEvent>;

const set = (
  command: Extract<DeadlineCommand, { type: 'SetDeadline' }>,
  { calendars }: DeadlineFacts,
): Answer => {
  const due = dueOf(command, calendars);
  if (due === undefined) return refuse('DEADLINE_ENDLESS', 'Nothing says when this deadline is due.');
  const { type: _type, at: startedAt, dueAt: _dueAt, dueOn: _dueOn, ...said } = command;
  return happened({ type: 'DeadlineSet', data: { ...said, startedAt, ...due, policy: DEADLINE_POLICY } });
};

/** Over before what came since. */
const missedBefore = (
  name: DeadlineName,
  { status, dueAt }: Standing,
  at: Instant,
): readonly DeadlineEvent[] =>
  status === 'running' && dueAt < at ? [{ type: 'DeadlineMissed', data: { name, dueAt } }] : [];

const decide: Decider<DeadlineState, DeadlineCommand, DeadlineEvent, DeadlineFacts>['decide'] = (
  command,
  state,
  { at: now, facts },
) => {
  const { name } = command;
  const found = state?.standing[name];
  if (command.type === 'SetDeadline')
    return found === undefined
      ? set(command, facts)
      : refuse('DEADLINE_STANDS', 'This deadline stands already.');
  // It was met or called off before.
  if (found === undefined) return happened();
  if (command.type === 'MissDeadline') {
    if (found.status !== 'running' || found.dueAt !== command.dueAt) return happened();
    return now < found.dueAt
      ? refuse('DEADLINE_NOT_DUE', 'This deadline is not due yet.')
      : happened({ type: 'DeadlineMissed', data: { name, dueAt: found.dueAt } });
  }
  const { at, sourceEventId } = command;
  const missed = missedBefore(name, found, at);
  switch (command.type) {
    case 'MeetDeadline':
      return happened(...missed, {
        type: 'DeadlineMet',
        data: { name, at, dueAt: found.dueAt, sourceEventId },
      });
    case 'CallOffDeadline':
      return happened(...missed, { type: 'DeadlineCalledOff', data: { name, at, sourceEventId } });
    case 'PauseDeadline':
      return found.status === 'running' && missed.length === 0
        ? happened({ type: 'DeadlinePaused', data: { name, at, sourceEventId } })
        : happened(...missed);
    case 'ResumeDeadline': {
      const { dueAt, span, pausedAt } = found;
      if (pausedAt === undefined) return happened();
      const due = resumedAt(
        { dueAt, pausedAt, ...(span === undefined ? {} : { span }) },
        at,
        facts.calendars,
      );
      return happened({ type: 'DeadlineResumed', data: { name, at, dueAt: due, sourceEventId } });
    }
  }
};

export const deadlineDecider: Decider<DeadlineState, DeadlineCommand, DeadlineEvent, DeadlineFacts> = {
  category: 'deadline',
  initial: undefined,
  evolve,
  decide,
  stage: (state) => (state === undefined ? 'none' : 'kept'),
};
