/** The door of the referral: which facts each command needs, who is what to it, and what an open one holds. */
import { sitesOverlap, type BodySite } from '@fascia/clinical';
import { dayOf, type WorkCalendar, type Zone } from '@fascia/clinical/calendar';
import {
  calendarOf,
  consentsThatCount,
  isLicensedOn,
  listingAggregate,
  NOBODY,
  ofAll,
  ofAllPerhaps,
  personOf,
  sharingSaidIn,
  practitionerAggregate,
  zoneOf,
  type Person,
} from '@fascia/directory';
import type { CalendarDate, Instant, Parties } from '@fascia/kernel';
import { contraindicationFacts, flagsOf } from '@fascia/safety';
import type { Aggregate, FactRequest, FactTools, Lookup } from '@fascia/write-door';
import { REFERRAL_CONTRACT, type ReferralEvent } from '../contract/events.js';
import type { OrderContent, Target } from '../contract/order.js';
import { REFERRAL_COMMANDS, type ReferralCommand, type ReferralCommandType } from '../contract/commands.js';
import {
  DEFAULT_PROFILE,
  NO_CARE,
  type CareFact,
  type ConsentFact,
  type FlagFact,
  type ListingFact,
  type PatientFact,
  type PolicyProfile,
  type ReferralFacts,
  type SignerFact,
} from '../domain/facts.js';
import { decide } from '../domain/referral.decide.js';
import { evolve } from '../domain/referral.js';
import { currentLeg, stageOf, type ReferralState } from '../domain/referral.state.js';
import { openReferralsOf } from '../read/lookups.js';
import { diagnosisFacts, hazardFacts, type DiagnosisPorts } from './diagnosis-facts.js';
import { documentFacts, documentsNamed } from './document-facts.js';
import { bodySites, openReferralClaims } from './open-referral.claims.js';
import { referralReferences } from './referral.references.js';

export interface ReferralPorts extends DiagnosisPorts {
  /** How far care has come under a referral: the sessions' and assessments' rows. */
  careOf(referralId: string, organizationId: string): Lookup<CareFact>;
  readonly profile?: PolicyProfile;
  /** Red-flag questions asked before sending. */
  readonly screeningItems: readonly string[];
}

type Request = FactRequest<ReferralState, ReferralCommand>;
export type ReferralAggregate = Aggregate<ReferralState, ReferralCommand, ReferralEvent, ReferralFacts>;

type Need =
  | 'patient'
  | 'signer'
  | 'listings'
  | 'consents'
  | 'diagnoses'
  | 'flags'
  | 'precautions'
  | 'documents'
  | 'duplicates'
  | 'care';

const ALL: readonly Need[] = [
  'patient',
  'signer',
  'listings',
  'consents',
  'diagnoses',
  'flags',
  'precautions',
  'documents',
  'duplicates',
];

/** Those that are of every record that the person has. */
const OF_PERSON: readonly Need[] = [
  'patient',
  'consents',
  'diagnoses',
  'flags',
  'precautions',
  'documents',
  'duplicates',
];

/** Commands not named here decide on the state alone. */
const NEEDS: Readonly<Partial<Record<ReferralCommandType, readonly Need[]>>> = {
  DraftReferral: ['patient'],
  SendReferral: ALL,
  ReviseReferral: ALL,
  ClaimReferral: ['patient', 'listings', 'consents'],
  AcceptReferral: ['patient', 'listings', 'consents'],
  RedirectReferral: ['patient', 'listings', 'consents'],
  SupplyInformation: ['documents'],
  PostMessage: ['documents'],
  SendInterimNote: ['documents'],
  ResumeReferral: ['patient', 'flags'],
  ConfirmCancellation: ['care'],
  ReportOutcome: ['care', 'signer'],
  AmendOutcome: ['signer'],
};

const listingIdsOf = (target: Target | undefined): readonly string[] =>
  target === undefined ? [] : target.kind === 'directed' ? [target.listingId] : target.listingIds;

const contentFor = ({ command, state }: Request): OrderContent => {
  if ('content' in command) return command.content;
  return state.kind === 'none' ? {} : state.content;
};

/** The listings a command is about: the new target, the leg's recipient, or the pool. */
const listingsFor = (request: Request): readonly string[] => {
  const { command, state } = request;
  if (command.type === 'RedirectReferral') return listingIdsOf(command.target);
  if (state.kind === 'placed') {
    const { recipient, target } = currentLeg(state);
    return recipient === undefined ? listingIdsOf(target) : [recipient.listingId];
  }
  return listingIdsOf(contentFor(request).target);
};

const patientIdOf = ({ command, state }: Request): string =>
  state.kind === 'none' ? (command.type === 'DraftReferral' ? command.patientId : '') : state.patientId;

const clinicIn = ({ state }: Pick<Request, 'state'>): string =>
  (state.kind === 'placed' ? currentLeg(state).recipient?.organizationId : undefined) ?? '';

/** Of whoever acts: signs, shares, holds. What the product does by itself, it does where the order is. */
const calendarFor = ({ by, state }: Request, tools: FactTools): Promise<WorkCalendar> => {
  if (by.organizationId !== undefined || state.kind === 'none') return calendarOf(by.organizationId, tools);
  return calendarOf(clinicIn({ state }) || state.referrerOrganizationId, tools);
};

const patientFact = ({ record, survivor, unassigned }: Person): PatientFact | undefined =>
  survivor && {
    birthDate: survivor.birthDate,
    mergedInto: record.survivorId,
    replacedById: record.replacedById,
    deceased: record.deceased,
    unassigned: unassigned.length,
  };

const signerFact = async (
  { by }: Request,
  today: CalendarDate,
  tools: FactTools,
): Promise<SignerFact | undefined> => {
  if (by.practitionerId === undefined) return undefined;
  const { state } = await tools.load(practitionerAggregate, by.practitionerId);
  return (
    state && {
      practitionerId: by.practitionerId,
      hasNpi: state.npi !== undefined,
      suspended: state.suspended,
      licensed: isLicensedOn(state, today),
    }
  );
};

const listingFact = async (
  listingId: string,
  at: Instant,
  tools: FactTools,
): Promise<ListingFact | undefined> => {
  const { state } = await tools.load(listingAggregate, listingId);
  if (state === undefined) return undefined;
  const zone = await zoneOf(state.organizationId, tools);
  const today = dayOf(at, zone);
  const people = await Promise.all(state.practitionerIds.map((id) => tools.load(practitionerAggregate, id)));
  const performers = people.flatMap(({ state: person }) =>
    person !== undefined && !person.suspended && isLicensedOn(person, today) ? person.taxonomies : [],
  );
  return { listingId, ...state, zone, today, performers };
};

const consentFacts = async (
  person: Person,
  today: CalendarDate,
  tools: FactTools,
): Promise<readonly ConsentFact[]> =>
  (await consentsThatCount(person, today, tools)).map((row) => ({
    consentId: row.id,
    ...sharingSaidIn(row),
  }));

/** A safeguarding concern stands in no order's way, and is told to nobody by a refusal. */
const flagFacts = async (person: Person, tools: FactTools): Promise<readonly FlagFact[]> =>
  (await ofAllPerhaps(person, 'flag', flagsOf, tools))
    .filter((row) => !row.restricted)
    .map((row) => ({
      flagId: row.id,
      catalogueId: row.catalogue_id,
      urgency: row.urgency,
      open: row.status !== 'cleared',
      raisedAt: row.raised_at,
    }));

const duplicatesFor = async (
  request: Request,
  person: Person,
  content: OrderContent,
  tools: FactTools,
): Promise<readonly string[]> => {
  const service = content.service?.code ?? 'STM';
  const others = await ofAll(person, (id) => openReferralsOf(id, service), tools);
  const sites = bodySites(content);
  return others
    .filter(
      (other) =>
        other.id !== request.id &&
        (other.sites as readonly BodySite[]).some((theirs) =>
          sites.some((site) => sitesOverlap(site, theirs)),
        ),
    )
    .map((other) => other.id);
};

const partiesOf = async (request: Request, tools: FactTools): Promise<Parties> => {
  const { state } = request;
  if (state.kind === 'none') return { home: (await personOf(patientIdOf(request), tools)).home };
  const referrer = [state.referrerOrganizationId];
  if (state.kind === 'draft') return { referrer };
  const { recipient, organizationIds, target } = currentLeg(state);
  if (recipient !== undefined) return { referrer, recipient: [recipient.organizationId] };
  return target.kind === 'pool' ? { referrer, pool: organizationIds } : { referrer };
};

/** What the order names holds as it stands now, whatever was settled of it before. */
const precautionFacts = (request: Request, person: Person, zone: Zone, tools: FactTools) => {
  const { at } = request;
  const { precautions = [], onset } = contentFor(request);
  return contraindicationFacts({ person, at, said: [{ catalogueIds: precautions, at }], onset, zone }, tools);
};

export const referralAggregate = (ports: ReferralPorts): ReferralAggregate => {
  const facts = async (request: Request, tools: FactTools): Promise<ReferralFacts> => {
    const named = documentsNamed(request.command, contentFor(request));
    const needs = (NEEDS[request.command.type] ?? []).filter(
      (one) => one !== 'documents' || named.length > 0,
    );
    const need = async <T>(what: Need, load: () => Promise<T>, otherwise: T): Promise<T> =>
      needs.includes(what) ? load() : otherwise;
    const calendar = await calendarFor(request, tools);
    const today = dayOf(request.at, calendar.zone);
    const patientId = patientIdOf(request);
    const content = contentFor(request);
    const person = needs.some((one) => OF_PERSON.includes(one)) ? await personOf(patientId, tools) : NOBODY;
    const listings = await need(
      'listings',
      () => Promise.all(listingsFor(request).map((id) => listingFact(id, request.at, tools))),
      [],
    );
    const { holds, unsettled } = await need(
      'precautions',
      () => precautionFacts(request, person, calendar.zone, tools),
      { holds: { facts: [], at: request.at, day: today }, unsettled: [] },
    );
    return {
      calendar,
      holds,
      unsettled,
      profile: ports.profile ?? DEFAULT_PROFILE,
      screeningItems: ports.screeningItems,
      patient: await need('patient', () => Promise.resolve(patientFact(person)), undefined),
      signer: await need('signer', () => signerFact(request, today, tools), undefined),
      listings: listings.filter((listing) => listing !== undefined),
      consents: await need('consents', () => consentFacts(person, today, tools), []),
      diagnoses: await need(
        'diagnoses',
        () => diagnosisFacts({ ids: content.diagnosisIds ?? [], patientId, person }, tools, ports),
        [],
      ),
      hazards: await need('diagnoses', () => hazardFacts(person, tools), []),
      flags: await need('flags', () => flagFacts(person, tools), []),
      documents: await need('documents', () => documentFacts(named, person, tools), []),
      duplicates: await need('duplicates', () => duplicatesFor(request, person, content, tools), []),
      care: await need('care', () => tools.lookup(ports.careOf(request.id, clinicIn(request))), NO_CARE),
    };
  };

  return {
    decider: { category: 'referral', initial: { kind: 'none' }, evolve, decide, stage: stageOf },
    contract: REFERRAL_CONTRACT,
    commands: REFERRAL_COMMANDS,
    subject: async (request, tools) => ({
      patientId: patientIdOf(request) || undefined,
      parties: await partiesOf(request, tools),
    }),
    references: referralReferences,
    facts,
    holds: openReferralClaims,
    prepared: ['SendReferral'],
  };
};
