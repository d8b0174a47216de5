/** The door of the session: which facts each command needs, who is what to it, and whose time one takes up. */
import type { BodySite, ServiceCodes } from '@fascia/clinical';
import { dayOf, instantAfterMs, isoWeekOf, normalInstant, type Zone } from '@fascia/clinical/calendar';
import {
  isClosedTo,
  maySignOn,
  NOBODY,
  ofAll,
  ofAllPerhaps,
  personOf,
  practitionerAggregate,
  zoneOf,
  type Person,
  type Practitioner,
} from '@fascia/directory';
import type { CalendarDate } from '@fascia/kernel';
import { underCare, validUntilIn, type CareOrdered, type CareSpan } from '@fascia/referral';
import { flagsOf, type FlagRow } from '@fascia/safety';
import type { Aggregate, Claim, FactRequest, FactTools } from '@fascia/write-door';
import { SESSION_COMMANDS, type SessionCommand, type SessionCommandType } from '../contract/commands.js';
import { SESSION_CONTRACT, type SessionEvent } from '../contract/events.js';
import { SESSION_NOT_ENDED } from '../contract/lifecycle.js';
import type { FlagFact, PersonFact, ReferralFact, SessionFacts, TherapistFact } from '../domain/facts.js';
import { decide } from '../domain/session.decide.js';
import { evolve, stageOf, type SessionState } from '../domain/session.js';
import { overlap } from '../domain/session.policies.js';
import { visitsWithin } from '../read/lookups.js';
import { besideOf, timingsOf } from './billing.js';
import { planFactOf } from './plan-fact.js';
import { acceptedOf, referralIdOf, sessionReferences, subjectOf } from './session.references.js';
import { whatHolds } from './what-holds.js';
import { courseOf } from './course.js';

type Request = FactRequest<SessionState, SessionCommand>;
export type SessionAggregate = Aggregate<SessionState, SessionCommand, SessionEvent, SessionFacts>;

type Need =
  'referral' | 'therapist' | 'person' | 'flags' | 'plan' | 'precautions' | 'codes' | 'beside' | 'course';

export interface SessionPorts {
  /** Loaded at first use. */
  readonly serviceCodes: () => ServiceCodes;
}

/** Commands not named here decide on the state alone. */
const NEEDS: Readonly<Partial<Record<SessionCommandType, readonly Need[]>>> = {
  ScheduleSession: ['referral', 'therapist', 'person', 'precautions', 'course'],
  RescheduleSession: ['referral', 'therapist', 'person', 'precautions', 'course'],
  StartSession: ['referral', 'person', 'flags', 'plan', 'precautions'],
  RecordIntervention: ['referral', 'flags', 'plan', 'precautions', 'codes'],
  CompleteSession: ['referral', 'flags', 'plan', 'codes', 'beside'],
  SignSession: ['therapist', 'beside'],
  AmendSession: ['therapist'],
};

/** Those that are of every record that the person has. */
const OF_PERSON: readonly Need[] = ['person', 'flags', 'precautions'];

/** @param clinic whose visit it is: the referral may have gone elsewhere since. */
const referralFact = (
  ordered: CareOrdered | undefined,
  clinic: string | undefined,
  { zone, accepted }: { readonly zone: Zone; readonly accepted: readonly CareSpan[] },
): ReferralFact | undefined => {
  if (ordered === undefined || clinic === undefined) return undefined;
  const { patientId, organizationId, referrerOrganizationId, payerProfile: payer } = ordered;
  const { revisionToAcknowledge, treatmentStarted, sentAt } = ordered;
  return {
    patientId,
    organizationId: clinic,
    referrerOrganizationId,
    revisionToAcknowledge,
    treatmentStarted,
    sentAt,
    validUntil: validUntilIn(ordered, zone),
    sites: ordered.sites,
    active: ordered.active && organizationId === clinic,
    payerProfile: payer,
    ...(accepted.length === 0
      ? {}
      : { accepted: accepted.map(({ organizationId: _whose, ...span }) => span) }),
  };
};

/** Professional identification: the licences in force on the day; their numbers stay in the directory. */
const credentialOf = ({ licences, taxonomies }: Practitioner, day: CalendarDate): string => {
  const held = licences
    .filter(({ from, to }) => from <= day && day <= to)
    .map(({ kind, state }) => `${kind} (${state})`);
  return (held.length === 0 ? taxonomies : held).join(', ');
};

const therapistFact = async (
  practitionerId: string,
  day: CalendarDate,
  tools: FactTools,
): Promise<TherapistFact | undefined> => {
  const { state } = await tools.load(practitionerAggregate, practitionerId);
  return (
    state && {
      practitionerId,
      taxonomies: state.taxonomies,
      maySign: maySignOn(state, day),
      credential: credentialOf(state, day),
    }
  );
};

/** Whose licence counts. */
const therapistIn = ({ command, state, by }: Request): string => {
  const booked = state.stage === 'none' ? '' : state.therapistId;
  switch (command.type) {
    case 'ScheduleSession':
      return command.therapistId;
    case 'RescheduleSession':
      return command.therapistId ?? booked;
    case 'SignSession':
    case 'AmendSession':
      return by.practitionerId ?? '';
    default:
      return booked;
  }
};

/** The day that matters at the clinic: of the visit where one is booked or documented, today for a signature. */
const dayIn = ({ command, at }: Request, zone: Zone): CalendarDate => {
  switch (command.type) {
    case 'ScheduleSession':
    case 'RescheduleSession':
    case 'CompleteSession':
      return dayOf(normalInstant(command.start), zone);
    default:
      return dayOf(at, zone);
  }
};

const bodySiteOf = (site: FlagRow['site']): BodySite | undefined => {
  if (site === null) return undefined;
  const { region, side } = site;
  return side === undefined ? { region } : { region, side };
};

const flagFacts = async (person: Person, tools: FactTools): Promise<readonly FlagFact[]> =>
  (await ofAllPerhaps(person, 'flag', flagsOf, tools)).map((row) => ({
    catalogueId: row.catalogue_id,
    urgency: row.urgency,
    cleared: row.status === 'cleared',
    site: bodySiteOf(row.site),
    sessionId: row.session_id ?? undefined,
  }));

interface Booked {
  /** Whose record the session is booked on. */
  readonly patientId: string;
  readonly person: Person;
  readonly clinic: string;
  readonly day: CalendarDate;
}

const personFact = async (
  { patientId, person, clinic, day }: Booked,
  command: SessionCommand,
  tools: FactTools,
): Promise<PersonFact> => {
  const fact = {
    deceased: person.record.deceased,
    sharingClosed: await isClosedTo(person, { organizationId: clinic, day }, tools),
  };
  if (!('start' in command)) return { ...fact, elsewhere: false };
  const period = { from: normalInstant(command.start), to: normalInstant(command.end) };
  const others = person.ids.filter((id) => id !== patientId);
  const visits = await ofAll({ ids: others }, (id) => visitsWithin(id, period), tools);
  return { ...fact, elsewhere: visits.length > 0 };
};

/** A therapist and a patient are in one place at a time; each has a register per week, as `to` may lie in the next. */
const slotClaims = (state: SessionState): readonly Claim[] => {
  if (state.stage === 'none' || state.enteredLate || !SESSION_NOT_ENDED.includes(state.stage)) return [];
  const { therapistId, patientId, start, end } = state;
  const lastMoment = instantAfterMs(end, -1);
  const weeks = [...new Set([isoWeekOf(start), isoWeekOf(lastMoment)])];
  const claimOf =
    (person: string, who: string) =>
    (week: string): Claim => ({
      key: ['slot', person, week],
      interval: { from: start, to: end },
      refusal: overlap(who),
    });
  return [...weeks.map(claimOf(therapistId, 'therapist')), ...weeks.map(claimOf(patientId, 'patient'))];
};

const factsOf = async (
  request: Request,
  tools: FactTools,
  { serviceCodes }: SessionPorts,
): Promise<SessionFacts> => {
  const { command, state } = request;
  const needs = NEEDS[command.type] ?? [];
  const need = async <T>(what: Need, load: () => Promise<T>, otherwise: T): Promise<T> =>
    needs.includes(what) ? load() : otherwise;
  const booked = state.stage === 'none' ? undefined : state;
  const referralId = referralIdOf(request);
  const ordered = await need('referral', () => tools.view(underCare, referralId), undefined);
  const accepted = await need('referral', () => acceptedOf(request, tools), []);
  const clinic = booked?.organizationId ?? accepted[0]?.organizationId ?? ordered?.organizationId;
  const zone = await zoneOf(clinic, tools);
  const day = dayIn(request, zone);
  const referral = referralFact(ordered, clinic, { zone, accepted });
  const patientId = booked?.patientId ?? referral?.patientId ?? '';
  const person = needs.some((one) => OF_PERSON.includes(one)) ? await personOf(patientId, tools) : NOBODY;
  const then = booked?.enteredLate === true ? booked : undefined;
  const plan = await need(
    'plan',
    () => planFactOf({ referralId, organizationId: clinic ?? '', zone }, then, tools),
    undefined,
  );
  return {
    day,
    referral,
    person: await need(
      'person',
      () => personFact({ patientId, person, clinic: clinic ?? '', day }, command, tools),
      undefined,
    ),
    therapist: await need('therapist', () => therapistFact(therapistIn(request), day, tools), undefined),
    course: await need(
      'course',
      () => courseOf({ referralId, but: request.id, clinic, agreed: ordered?.visits }, tools),
      undefined,
    ),
    flags: await need('flags', () => flagFacts(person, tools), []),
    plan,
    holds: await need('precautions', () => whatHolds(request, { person, ordered, plan, zone }, tools), {
      facts: [],
      at: request.at,
      day,
    }),
    timings: timingsOf(request, needs.includes('codes') ? serviceCodes() : undefined),
    beside: await need('beside', () => besideOf(request, tools), []),
  };
};

export const sessionAggregate = (ports: SessionPorts): SessionAggregate => ({
  decider: { category: 'session', initial: { stage: 'none' }, evolve, decide, stage: stageOf },
  contract: SESSION_CONTRACT,
  commands: SESSION_COMMANDS,
  subject: subjectOf,
  references: sessionReferences,
  facts: (request, tools) => factsOf(request, tools, ports),
  holds: slotClaims,
});
