/**
 * The decisions about a session. First the table (is this move in a row from here?), then the rules of the
 * command. Who may do it is decided by the access policy before; a rule here never asks for a role.
 */
import { isRedFlagId, vitalFinding } from '@fascia/clinical';
import { elapsedMs, HOUR_MS, normalInstant } from '@fascia/clinical/calendar';
import { decidesBy, happened, type Handlers } from '@fascia/kernel';
import type { SessionCommand, SessionCommandOf, SessionCommandType } from '../contract/commands.js';
import type { SessionEvent } from '../contract/events.js';
import { sessionLifecycle, type SessionStage } from '../contract/lifecycle.js';
import { refuse } from '../contract/refusals.js';
import type { Answer, Context, SessionFacts } from './facts.js';
import { recordIntervention } from './interventions.js';
import { amend, complete, sign } from './note.js';
import { stageOf, type ExistingSession, type PerformedSession, type SessionState } from './session.js';
import { lateGuards } from './late-entry.js';
import { reasonKept } from './within-order.js';
import { bookingGuards, nprsFault, startGuards, type Slot } from './session.policies.js';

/** What would change a note; once it is signed, people are told to amend it instead. */
const OF_THE_NOTE: readonly SessionCommandType[] = [
  'RecordPreScreen',
  'RecordIntervention',
  'StopSession',
  'CompleteSession',
  'SignSession',
  'VoidSession',
];

const illegal = (command: SessionCommandType, from: SessionStage): Answer =>
  from === 'Signed' && OF_THE_NOTE.includes(command)
    ? refuse('SESSION_ALREADY_SIGNED', 'The note is signed and stays as it is: AmendSession adds to it.', {
        about: { from, command },
      })
    : refuse('SESSION_ILLEGAL_TRANSITION', `A session that is ${from} does not take ${command}.`, {
        about: { from, command },
      });

/** For commands whose rows all start from a session that exists. */
const existing =
  <C extends SessionCommand>(decide: (command: C, state: ExistingSession, context: Context) => Answer) =>
  (command: C, state: SessionState, context: Context): Answer =>
    state.stage === 'none' ? illegal(command.type, stageOf(state)) : decide(command, state, context);

/** For commands whose rows all start from a session that took place. */
const performed =
  <C extends SessionCommand>(decide: (command: C, state: PerformedSession, context: Context) => Answer) =>
  (command: C, state: SessionState, context: Context): Answer =>
    'performed' in state ? decide(command, state, context) : illegal(command.type, stageOf(state));

const unbookable = (
  slot: Slot,
  { facts, at }: Context,
  guards: typeof bookingGuards = bookingGuards,
): Answer | undefined => {
  const refusal = guards.map((guard) => guard(slot, facts, at)).find((answer) => answer !== undefined);
  return refusal && { ok: false, refusal };
};

const schedule = (
  command: SessionCommandOf<'ScheduleSession'>,
  _state: SessionState,
  context: Context,
): Answer => {
  const { referral } = context.facts;
  if (referral === undefined)
    return refuse('REFERRAL_UNKNOWN', 'There is no such referral with a recipient.', {
      pointer: '/referralId',
    });
  const { referralId, kind, therapistId, locationId, beyondOrder, lateReason } = command;
  const { patientId, organizationId, referrerOrganizationId, payerProfile } = referral;
  const [start, end] = [normalInstant(command.start), normalInstant(command.end)];
  const slot: Slot = { kind, start, end, payerProfile, beyondOrder };
  const booking = {
    patientId,
    referralId,
    organizationId,
    referrerOrganizationId,
    payerProfile,
    kind,
    therapistId,
    start,
    end,
    ...(locationId === undefined ? {} : { locationId }),
  };
  return lateReason === undefined
    ? (unbookable(slot, context) ??
        happened({ type: 'SessionScheduled', data: { ...booking, ...reasonKept(slot, context.facts) } }))
    : (unbookable(slot, context, lateGuards) ??
        happened({ type: 'SessionEnteredLate', data: { ...booking, reason: lateReason } }));
};

const reschedule = (
  command: SessionCommandOf<'RescheduleSession'>,
  state: ExistingSession,
  context: Context,
): Answer => {
  const { therapistId = state.therapistId } = command;
  const [start, end] = [normalInstant(command.start), normalInstant(command.end)];
  if (start === state.start && end === state.end && therapistId === state.therapistId) return happened();
  const { kind, payerProfile } = state;
  const slot = { kind, start, end, payerProfile, beyondOrder: command.beyondOrder };
  const data = { start, end, therapistId, ...reasonKept(slot, context.facts) };
  return unbookable(slot, context) ?? happened({ type: 'SessionRescheduled', data });
};

/** Two decimals are enough to tell a day's notice from none. */
const noticeHours = (at: string, start: string): number =>
  Math.max(0, Math.round((elapsedMs(at, start) / HOUR_MS) * 100) / 100);

const cancel = (
  { by, reason }: SessionCommandOf<'CancelSession'>,
  state: ExistingSession,
  { at }: Context,
): Answer =>
  happened({ type: 'SessionCancelled', data: { by, noticeHours: noticeHours(at, state.start), reason } });

const noShow = (_command: SessionCommandOf<'MarkNoShow'>, state: ExistingSession, { at }: Context): Answer =>
  at < state.start
    ? refuse('SESSION_FUTURE', 'Nobody has missed a session that has not begun: cancel it instead.', {
        about: { start: state.start },
      })
    : happened({ type: 'SessionNoShow', data: {} });

const preScreen = ({ type: _type, ...said }: SessionCommandOf<'RecordPreScreen'>): Answer => {
  const unknown = said.flags.filter((flag) => !isRedFlagId(flag));
  if (unknown.length > 0) {
    return refuse('SESSION_FLAG_UNKNOWN', 'The red-flag catalogue has no such row.', {
      pointer: '/flags',
      about: { catalogueIds: unknown },
    });
  }
  const outOfRange = nprsFault(said.nprsPre, '/nprsPre');
  if (outOfRange !== undefined) return { ok: false, refusal: outOfRange };
  const finding = vitalFinding(said.vitals);
  const flags = [...new Set([...said.flags, ...(finding === undefined ? [] : [finding.flagId])])];
  if (finding === undefined) return happened({ type: 'PreScreenRecorded', data: { ...said, flags } });
  const { outside, limitsVersion, recheckAfterMinutes } = finding;
  return happened({
    type: 'PreScreenRecorded',
    data: { ...said, flags, vitalFinding: { outside: [...outside], limitsVersion, recheckAfterMinutes } },
  });
};

const start = (
  _command: SessionCommandOf<'StartSession'>,
  state: ExistingSession,
  { id, facts }: Context,
): Answer => {
  const refusal = startGuards.map((guard) => guard(state, facts, id)).find((answer) => answer !== undefined);
  if (refusal !== undefined) return { ok: false, refusal };
  const { plan } = facts;
  return happened({
    type: 'SessionStarted',
    data: plan === undefined ? {} : { planId: plan.planId, planVersion: plan.planVersion },
  });
};

const handlers: Handlers<SessionState, SessionCommand, SessionEvent, SessionFacts> = {
  ScheduleSession: schedule,
  RescheduleSession: existing(reschedule),
  CancelSession: existing(cancel),
  MarkNoShow: existing(noShow),
  CheckIn: () => happened({ type: 'PatientCheckedIn', data: {} }),
  RecordPreScreen: (command) => preScreen(command),
  StartSession: existing(start),
  RecordIntervention: existing(recordIntervention),
  StopSession: ({ reason, flagId }) =>
    happened({ type: 'SessionStopped', data: { reason, ...(flagId === undefined ? {} : { flagId }) } }),
  CompleteSession: existing(complete),
  SignSession: performed(sign),
  AmendSession: performed(amend),
  VoidSession: ({ reason }) => happened({ type: 'SessionVoided', data: { reason } }),
};

export const decide = decidesBy(sessionLifecycle, { stageOf, handlers, illegal });
