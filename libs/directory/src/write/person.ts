/**
 * The records of one person, as they are now. Upwards a record's own stream says whom it was merged into. Downwards a register names
 * those that were merged into a record, or are about to be: each claims there before its merge is stored, so that whoever decides
 * after a merge was answered sees it, whatever lists have come to. What a claim came to is said by its owner's own stream.
 */
import { idOf } from '@fascia/kernel';
import type { Aggregate, Claim, FactTools, Lookup } from '@fascia/write-door';
import { replacementIn } from '../contract/sources.js';
import type { PatientCommand } from '../contract/commands.js';
import type { PatientEvent } from '../contract/events.js';
import type { FactCategory, UnassignedFact } from '../contract/facts.js';
import { mergedRefusal } from '../contract/refusals.js';
import { isSharingClosed } from '../contract/sharing.js';
import type { RecordFact } from '../domain/person.js';
import type { PatientFacts } from '../domain/patient.js';
import type { Patient, PatientState } from '../domain/patient.state.js';
import { sharingSaidIn, type ConsentRow } from '../read/consent.js';
import { consentsOf } from '../read/lookups.js';

export type PatientAggregate = Aggregate<PatientState, PatientCommand, PatientEvent, PatientFacts>;

export interface Person {
  /** The record that was asked about. */
  readonly record: RecordFact;
  /** Of every record of the person, the surviving one first; that which was asked about alone, where it is not there. */
  readonly ids: readonly string[];
  /** The surviving record. */
  readonly survivor: PatientState;
  /** The organisations that hold any of them. */
  readonly home: readonly string[];
  /** Recorded while somebody else's records were merged with theirs, on either side, and nobody has said yet whose it is. */
  readonly unassigned: readonly UnassignedFact[];
}

interface PersonsRecord {
  readonly id: string;
  readonly patient: Patient;
}

/** Of whom nothing is asked. */
export const NOBODY: Person = {
  record: { exists: false, deceased: false },
  ids: [],
  survivor: undefined,
  home: [],
  unassigned: [],
};

/** Also of records that were, as long as something of that time is unassigned: whoever asks about the other one learns of it. */
const KEY = 'merged-into';

/** In nobody's way: many records are merged into one, and a moment that has no length overlaps with none. */
const NO_TIME = { from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T00:00:00.000Z' };

/** What a record holds that was merged away, or that something of another record may belong to. */
export const mergeClaims = (state: PatientState): readonly Claim[] => {
  if (state === undefined) return [];
  const others = new Set(state.unassigned.map(({ patientId }) => patientId));
  if (state.mergedInto !== undefined) others.add(state.mergedInto);
  return [...others].map((id) => ({ key: [KEY, id], interval: NO_TIME, refusal: mergedRefusal(id) }));
};

interface Looking {
  readonly tools: Pick<FactTools, 'load' | 'claimants'>;
  readonly patients: PatientAggregate;
}

/** Records that have claimed to be merged into one. */
const claimedUnder = async (id: string, { tools, patients }: Looking) => {
  const claimants = await tools.claimants(KEY, id);
  const latest = new Map(claimants.map(({ owner, ownerVersion }) => [idOf(owner), ownerVersion]));
  return Promise.all(
    [...latest].map(async ([recordId, ownerVersion]) => {
      const { state, version } = await tools.load(patients, recordId);
      const merged = state?.mergedInto === id;
      // Past the version that it claimed for, it can no longer come.
      return { id: recordId, state, merged, coming: !merged && version <= ownerVersion };
    }),
  );
};

/** The record at the end of the chain. @throws when a chain comes back to itself, which `decidedTwice` prevents */
const endOf = async (
  id: string,
  { tools, patients }: Looking,
): Promise<{ id: string; state: PatientState }> => {
  const met = new Set<string>();
  for (let next = id; !met.has(next);) {
    met.add(next);
    const { state } = await tools.load(patients, next);
    if (state?.mergedInto === undefined) return { id: next, state };
    next = state.mergedInto;
  }
  throw new Error('records that were merged into each other');
};

interface Below {
  readonly merged: readonly PersonsRecord[];
  /** That were, and have their own facts again: something of this person's records may be theirs. */
  readonly parted: readonly PersonsRecord[];
}

const under = async (id: string, looking: Looking): Promise<Below> => {
  const found = await claimedUnder(id, looking);
  const records = (isMerged: boolean): readonly PersonsRecord[] =>
    found.flatMap(({ id: recordId, state, merged }) =>
      merged === isMerged && state !== undefined ? [{ id: recordId, patient: state }] : [],
    );
  const below = await Promise.all(records(true).map((one) => under(one.id, looking)));
  return {
    merged: [...records(true), ...below.flatMap(({ merged }) => merged)],
    parted: [...records(false), ...below.flatMap(({ parted }) => parted)],
  };
};

/** Ids of a record and of those below it: what it stands for by itself, whatever it was merged into. */
export const recordsFrom = async (id: string, looking: Looking): Promise<readonly string[]> => {
  const { merged } = await under(id, looking);
  return [id, ...merged.map((one) => one.id)];
};

/** What is on their records and may be another one's, and what is on others' and may be theirs. */
const unassignedOf = (ids: readonly string[], { merged, parted }: Below): readonly UnassignedFact[] => {
  const theirs = merged
    .flatMap(({ patient }) => patient.unassigned)
    .filter(({ patientId }) => !ids.includes(patientId));
  const others = parted
    .filter(({ id }) => !ids.includes(id))
    .flatMap(({ patient }) => patient.unassigned)
    .filter(({ patientId }) => ids.includes(patientId));
  return [...theirs, ...others];
};

/** Whether a record is among those under another one, or about to be: the way on which a ring would close. */
export const isUnder = async (
  recordId: string,
  id: string,
  looking: Looking,
  met: readonly string[] = [],
): Promise<boolean> => {
  if (met.includes(id)) return false;
  const found = (await claimedUnder(id, looking)).filter(({ merged, coming }) => merged || coming);
  if (found.some((one) => one.id === recordId)) return true;
  const below = await Promise.all(found.map((one) => isUnder(recordId, one.id, looking, [...met, id])));
  return below.includes(true);
};

/** What its source uses instead of the surviving record, as long as it is somebody else's and nobody has said that it is rightly so. */
const replacementOf = async (
  { id, state }: Awaited<ReturnType<typeof endOf>>,
  ids: readonly string[],
  { tools, patients }: Looking,
): Promise<string | undefined> => {
  const replacedById = replacementIn(state?.received ?? []);
  if (state === undefined || replacedById === undefined || ids.includes(replacedById)) return undefined;
  const { state: other } = await tools.load(patients, replacedById);
  if (other === undefined) return undefined;
  const areTwo = state.dismissed.includes(replacedById) || other.dismissed.includes(id);
  return areTwo ? undefined : (other.mergedInto ?? replacedById);
};

/** All records of whom a record is about. */
export const personIn = async (id: string, looking: Looking): Promise<Person> => {
  const { version } = await looking.tools.load(looking.patients, id);
  if (version === 0) return { ...NOBODY, ids: [id] };
  const survivor = await endOf(id, looking);
  const below = await under(survivor.id, looking);
  const own = survivor.state === undefined ? [] : [{ id: survivor.id, patient: survivor.state }];
  const records = [...own, ...below.merged];
  const ids = [survivor.id, ...below.merged.map((one) => one.id)];
  return {
    record: {
      exists: true,
      survivorId: survivor.id === id ? undefined : survivor.id,
      replacedById: await replacementOf(survivor, ids, looking),
      deceased: survivor.state?.death !== undefined,
    },
    ids,
    survivor: survivor.state,
    home: [...new Set(records.flatMap(({ patient }) => patient.homeOrganizationIds))],
    unassigned: unassignedOf(ids, { ...below, merged: records }),
  };
};

/** A question that is asked of one record, asked of all that the person has. */
export const ofAll = async <R>(
  { ids }: Pick<Person, 'ids'>,
  question: (patientId: string) => Lookup<readonly R[]>,
  { lookup }: Pick<FactTools, 'lookup'>,
): Promise<readonly R[]> => (await Promise.all(ids.map((id) => lookup(question(id))))).flat();

/** The same as {@link ofAll}, and with what may be theirs of others' records: for what is rather respected once too often. */
export const ofAllPerhaps = async <R extends { readonly id: string }>(
  person: Pick<Person, 'ids' | 'unassigned'>,
  category: FactCategory,
  question: (patientId: string) => Lookup<readonly R[]>,
  tools: Pick<FactTools, 'lookup'>,
): Promise<readonly R[]> => {
  const elsewhere = person.unassigned.filter(
    (one) => one.category === category && !person.ids.includes(one.patientId),
  );
  const ids = [...new Set(elsewhere.map(({ patientId }) => patientId))];
  const perhaps = await ofAll({ ids }, question, tools);
  return [
    ...(await ofAll(person, question, tools)),
    ...perhaps.filter(({ id }) => elsewhere.some((one) => one.id === id)),
  ];
};

/** Consents of a day: one that allows something where it is known to be theirs, one that forbids it wherever it may be theirs. */
export const consentsThatCount = async (
  person: Pick<Person, 'ids' | 'unassigned'>,
  day: string,
  tools: Pick<FactTools, 'lookup'>,
): Promise<readonly ConsentRow[]> => {
  const found = await ofAllPerhaps(person, 'consent', (id) => consentsOf(id, day), tools);
  return found.filter(
    ({ id, kind }) => kind !== 'granted' || !person.unassigned.some((one) => one.id === id),
  );
};

/** Whether the patient keeps an organisation from going on with their data (docs/domain/people.md#consent). */
export const isClosedTo = async (
  person: Pick<Person, 'ids' | 'unassigned'>,
  { organizationId, day }: { readonly organizationId: string; readonly day: string },
  tools: Pick<FactTools, 'lookup'>,
): Promise<boolean> =>
  isSharingClosed((await consentsThatCount(person, day, tools)).map(sharingSaidIn), organizationId);
