/** The door of a patient's record, and who is what to the person whom records are about. */
import { relationsOf, type CalendarDate, type Parties, type ReferencesOf } from '@fascia/kernel';
import type { Claim, FactRequest, FactTools, Lookup, Reference, Subject } from '@fascia/write-door';
import { PATIENT_COMMANDS, type PatientCommand, type PatientCommandOf } from '../contract/commands.js';
import { PATIENT_CONTRACT } from '../contract/events.js';
import type { UnassignedFact } from '../contract/facts.js';
import type { DirectoryRefusal } from '../contract/refusals.js';
import { patientDecider, type SurvivorFact } from '../domain/patient.js';
import type { PatientState } from '../domain/patient.state.js';
import { CARE_RELATIONS } from '../read/care-team/model.js';
import { careTeamOf, recordedSince } from '../read/lookups.js';
import { dayAt, isRegistered } from './organization.aggregate.js';
import {
  isUnder,
  mergeClaims,
  ofAll,
  personIn,
  recordsFrom,
  type PatientAggregate,
  type Person,
} from './person.js';

export interface PatientPorts {
  /** Referrals of one record that are open: the referrals' rows. */
  readonly openReferralsOf: (patientId: string) => Lookup<readonly string[]>;
}

type PatientRequest = FactRequest<PatientState, PatientCommand>;

const homesOf = ({ command, state, by }: PatientRequest, home: readonly string[]): readonly string[] => {
  if (command.type === 'ReceivePatient' && state === undefined) return [command.organizationId];
  if (command.type !== 'RegisterPatient') return home;
  const organizationId = command.organizationId ?? by.organizationId;
  return organizationId === undefined ? [] : [organizationId];
};

/** A date of birth has no zone. Where several hold the record the latest day counts, so that nobody born today is refused. */
const todayAtHome = async (
  request: PatientRequest,
  home: readonly string[],
  tools: FactTools,
): Promise<CalendarDate> => {
  const [first, ...others] = homesOf(request, home);
  const days = await Promise.all([first, ...others].map((one) => dayAt(one, request.at, tools)));
  return days.reduce((latest, day) => (day > latest ? day : latest));
};

const IDENTIFIER_TAKEN: DirectoryRefusal = {
  code: 'IDENTIFIER_TAKEN',
  detail: 'Another record of the organisation has this identifier: use that one, or correct the number.',
  pointer: '/identifiers',
};

/** A number names one record of an organisation. */
const identifierClaims = (state: PatientState): readonly Claim[] =>
  (state?.homeOrganizationIds ?? []).flatMap((organizationId) =>
    (state?.identifiers ?? []).map(({ system, value }) => ({
      key: ['identifier', organizationId, system, value],
      personal: true as const,
      refusal: IDENTIFIER_TAKEN,
    })),
  );

/** What the surviving record of a merge is, and what whoever asks is to it. */
const survivorFact = async (
  { command, id, by }: FactRequest<PatientState, PatientCommandOf<'MergePatients'>>,
  tools: FactTools,
  { openReferralsOf }: PatientPorts,
): Promise<SurvivorFact> => {
  const { survivorId } = command;
  const survivor = await personOf(survivorId, tools);
  const mine = await personOf(id, tools);
  const relations = relationsOf(by, await careTeamOfAll(survivor, tools));
  const isOpenOn = async (person: Person): Promise<boolean> =>
    (await ofAll(person, openReferralsOf, tools)).length > 0;
  return {
    known: survivor.record.exists && (relations.includes('home') || relations.includes('referrer')),
    survivorId: survivor.record.survivorId,
    under: await isUnder(survivorId, id, { tools, patients: patientAggregate }),
    deceased: survivor.record.deceased,
    bothUnderCare: (await isOpenOn(mine)) && (await isOpenOn(survivor)),
  };
};

/** The other record of a match: whether it stands for itself, and whoever asks is told of matches of the two. */
const matchFacts = async (
  { command, by }: FactRequest<PatientState, PatientCommandOf<'DismissMatch'>>,
  person: Person,
  tools: FactTools,
): Promise<{ readonly otherKnown: boolean }> => {
  const other = await personOf(command.otherId, tools);
  const { referrer = [], ...team } = await careTeamOfAll(person, tools);
  const both = [{ ...team, home: person.home, referrer }, await careTeamOfAll(other, tools)];
  const relations = both.map((parties) => relationsOf(by, parties));
  const knowsBoth = relations.every((mine) => mine.includes('home') || mine.includes('referrer'));
  const isHome = relations.some((mine) => mine.includes('home'));
  const stands = other.record.exists && other.record.survivorId === undefined;
  return { otherKnown: stands && (by.organizationId === undefined || (knowsBoth && isHome)) };
};

const concernedBy = async (person: Person, tools: FactTools): Promise<readonly string[]> => [
  ...new Set(Object.values(await careTeamOfAll(person, tools)).flat()),
];

/** What was recorded on the records that are another person's once the merge is undone. */
const leftBy = async (
  { id, state }: PatientRequest,
  { ids }: Person,
  tools: FactTools,
): Promise<readonly UnassignedFact[]> => {
  const { mergedAt } = state ?? {};
  if (mergedAt === undefined) return [];
  const own = await recordsFrom(id, { tools, patients: patientAggregate });
  const others = ids.filter((one) => !own.includes(one));
  return ofAll({ ids: others }, (one) => recordedSince(one, mergedAt), tools);
};

/** Whoever holds the record that a fact was recorded on knows best whose it is. */
const homesOfFact = async (
  { command, state }: FactRequest<PatientState, PatientCommandOf<'AssignFact'>>,
  person: Person,
  tools: FactTools,
): Promise<readonly string[]> => {
  const fact = state?.unassigned.find(({ id }) => id === command.factId);
  if (fact === undefined) return person.home;
  const other = await personOf(fact.patientId, tools);
  return [...new Set([...person.home, ...other.home])];
};

/** @param ports absent in what is only loaded, never given a command that asks for them */
export const patientAggregateWith = (ports: PatientPorts): PatientAggregate => ({
  decider: patientDecider,
  contract: PATIENT_CONTRACT,
  commands: PATIENT_COMMANDS,
  facts: async (request, tools) => {
    const { command, id } = request;
    const person = await personOf(id, tools);
    const today = await todayAtHome(request, person.home, tools);
    const facts = { today, survivorId: person.record.survivorId };
    switch (command.type) {
      case 'MergePatients':
        return { ...facts, survivor: await survivorFact({ ...request, command }, tools, ports) };
      case 'DismissMatch':
        return { ...facts, ...(await matchFacts({ ...request, command }, person, tools)) };
      case 'RecordDeath':
        return {
          ...facts,
          openReferralIds: await ofAll(person, ports.openReferralsOf, tools),
          organizationIds: await concernedBy(person, tools),
        };
      case 'UndoMerge':
        return { ...facts, recordedSince: await leftBy(request, person, tools) };
      case 'RetractDeath':
        return { ...facts, organizationIds: await concernedBy(person, tools) };
      default:
        return facts;
    }
  },
  subject: async (request, tools) => {
    const { command, id, by } = request;
    const person = await personOf(id, tools);
    const home =
      command.type === 'AssignFact' ? await homesOfFact({ ...request, command }, person, tools) : person.home;
    const { referrer = [] } = command.type === 'DismissMatch' ? await careTeamOfAll(person, tools) : {};
    const network = by.organizationId === undefined ? [by.sub] : [];
    return { patientId: id, parties: { home: homesOf(request, home), referrer, network } };
  },
  references: {
    RegisterPatient: { organizationId: isRegistered },
    MergePatients: { survivorId: 'rule' },
    DismissMatch: { otherId: 'rule' },
    AssignFact: { factId: 'rule' },
  } satisfies ReferencesOf<typeof PATIENT_COMMANDS, Reference<PatientState, PatientCommand>>,
  holds: (state) => [...mergeClaims(state), ...identifierClaims(state)],
  // Two at once could each find the other one unmerged.
  decidedTwice: ['MergePatients'],
});

/** As others load it. A merge or a death is given to the one that has ports. */
export const patientAggregate = patientAggregateWith({
  openReferralsOf: () => {
    throw new Error('what is open is known to the aggregate that the context was made with');
  },
});

/** All records of whom a record is about, as they are now. */
export const personOf = (id: string, tools: Pick<FactTools, 'load' | 'claimants'>): Promise<Person> =>
  personIn(id, { tools, patients: patientAggregate });

/** What organisations are to a person: to any of their records. */
export const careTeamOfAll = async (
  { ids }: Pick<Person, 'ids'>,
  { lookup }: Pick<FactTools, 'lookup'>,
): Promise<Parties> => {
  const teams = await Promise.all(ids.map((id) => lookup(careTeamOf(id))));
  return Object.fromEntries(
    CARE_RELATIONS.map((relation) => [relation, [...new Set(teams.flatMap((team) => team[relation] ?? []))]]),
  );
};

/** Whoever is something to any of a person's records is to what is recorded of the person. */
export const subjectOfPatient = async (
  patientId: string | undefined,
  tools: FactTools,
): Promise<Subject> => ({
  patientId,
  parties: await careTeamOfAll(await personOf(patientId ?? '', tools), tools),
});
