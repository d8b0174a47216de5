/**
 * The records of one person, as they are now. Upwards a record's own stream says whom it was merged into. Downwards a register names
 * those that were merged into a record, or are about to be: each claims there before its merge is stored, so that whoever decides
 * after a merge was answered sees it, whatever lists have come to. What a claim came to is said by its owner's own stream.
 */
import { idOf } from '@fascia/kernel';
import type { Aggregate, Claim, FactTools, Lookup } from '@fascia/write-door';
import type { PatientCommand } from '../contract/commands.js';
import type { PatientEvent } from '../contract/events.js';
import { mergedRefusal } from '../contract/refusals.js';
import type { RecordFact } from '../domain/person.js';
import type { PatientFacts } from '../domain/patient.js';
import type { Patient, PatientState } from '../domain/patient.state.js';

export type PatientAggregate = Aggregate<
  PatientState,
  PatientCommand,
  PatientEvent,
  PatientFacts & {
    readonly home: readonly string[];
    /** Asked of a match alone. */
    readonly referrer?: readonly string[];
  }
>;

export interface Person {
  /** The record that was asked about. */
  readonly record: RecordFact;
  /** Of every record of the person, the surviving one first; that which was asked about alone, where it is not there. */
  readonly ids: readonly string[];
  /** The surviving record. */
  readonly survivor: PatientState;
  /** The organisations that hold any of them. */
  readonly home: readonly string[];
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
};

const KEY = 'merged-into';

/** In nobody's way: many records are merged into one, and a moment that has no length overlaps with none. */
const NO_TIME = { from: '1970-01-01T00:00:00.000Z', to: '1970-01-01T00:00:00.000Z' };

/** What a record that was merged away holds. */
export const mergeClaims = (state: PatientState): readonly Claim[] =>
  state?.mergedInto === undefined
    ? []
    : [{ key: [KEY, state.mergedInto], interval: NO_TIME, refusal: mergedRefusal(state.mergedInto) }];

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

const under = async (id: string, looking: Looking): Promise<readonly PersonsRecord[]> => {
  const found = await claimedUnder(id, looking);
  const merged = found.flatMap((one) =>
    one.merged && one.state !== undefined ? [{ id: one.id, patient: one.state }] : [],
  );
  const below = await Promise.all(merged.map((one) => under(one.id, looking)));
  return [...merged, ...below.flat()];
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

/** All records of whom a record is about. */
export const personIn = async (id: string, looking: Looking): Promise<Person> => {
  const { version } = await looking.tools.load(looking.patients, id);
  if (version === 0) return { ...NOBODY, ids: [id] };
  const survivor = await endOf(id, looking);
  const below = await under(survivor.id, looking);
  const patients = [survivor.state, ...below.map(({ patient }) => patient)];
  return {
    record: {
      exists: true,
      survivorId: survivor.id === id ? undefined : survivor.id,
      deceased: survivor.state?.death !== undefined,
    },
    ids: [survivor.id, ...below.map((one) => one.id)],
    survivor: survivor.state,
    home: [...new Set(patients.flatMap((patient) => patient?.homeOrganizationIds ?? []))],
  };
};

/** A question that is asked of one record, asked of all that the person has. */
export const ofAll = async <R>(
  { ids }: Pick<Person, 'ids'>,
  question: (patientId: string) => Lookup<readonly R[]>,
  { lookup }: Pick<FactTools, 'lookup'>,
): Promise<readonly R[]> => (await Promise.all(ids.map((id) => lookup(question(id))))).flat();
