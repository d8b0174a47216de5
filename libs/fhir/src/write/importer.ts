/**
 * Imports what a file says by commands through the write door, as whoever brings it and with their rights, one thing after the other:
 * organisations and practitioners, then patients, then what is known of them. The same file again adds nothing; what the source changed
 * since is taken over, and what cannot be is told with its place in the file.
 */
import { randomUUID } from 'node:crypto';
import {
  organizationAggregate,
  patientsNumbered,
  practitionerAggregate,
  type PatientAggregate,
} from '@fascia/directory';
import type { DiagnosisAggregate } from '@fascia/diagnosis';
import {
  createdIdFrom,
  uuidFrom,
  type Actor,
  type Category,
  type Command,
  type DomainEvent,
} from '@fascia/kernel';
import {
  patiently,
  type Aggregate,
  type Codec,
  type FactTools,
  type Outcome,
  type WriteDoor,
} from '@fascia/write-door';
import type { FileReading } from '../bundle/file.js';
import type { ImportedPatient } from '../bundle/items.js';
import type { ImportReport } from '../contract/events.js';
import {
  commandFor,
  importedId,
  Ids,
  type Imported,
  type ItemCommand,
  type Origin,
} from './import-commands.js';

type AnyAggregate = Aggregate<never, Command, DomainEvent, never>;

export interface ImporterParts {
  readonly door: WriteDoor;
  readonly tools: Pick<FactTools, 'lookup'>;
  readonly codec: Pick<Codec, 'nameOf'>;
  readonly patients: PatientAggregate;
  readonly diagnoses: DiagnosisAggregate;
}

/** A file of hundreds of commands is not given up for one that has to wait (a list that is behind, a store that is busy). */
const PATIENCE_MS = 10_000;

type Result =
  | { readonly as: 'added' | 'changed' | 'unchanged' }
  | { readonly as: 'different' | 'refused' | 'ignored'; readonly code: string };

/** The source says otherwise than the record, and a person has to settle it. */
const DIFFERENT = ['SOURCE_DIFFERS', 'SOURCE_OLDER', 'SOURCE_OTHER_PERSON'];
/** Nothing was ever taken of it: there is nothing to do. */
const NOTHING_TO_DO = ['DIAGNOSIS_RETRACTED'];
/** Entries of the directory, which not everybody keeps who imports patients. */
const KEPT_BY_OTHERS: readonly Imported['kind'][] = ['organization', 'practitioner'];

const resultOf = (outcome: Outcome, kind: Imported['kind']): Result => {
  switch (outcome.kind) {
    case 'done':
      return { as: outcome.repeated ? 'unchanged' : outcome.created ? 'added' : 'changed' };
    case 'refused': {
      const { code } = outcome.refusal;
      if (DIFFERENT.includes(code)) return { as: 'different', code };
      return { as: NOTHING_TO_DO.includes(code) ? 'ignored' : 'refused', code };
    }
    case 'forbidden':
      return KEPT_BY_OTHERS.includes(kind)
        ? { as: 'ignored', code: 'not-yours-to-enter' }
        : { as: 'refused', code: 'FORBIDDEN_ROLE' };
    case 'notFound':
      return { as: 'refused', code: 'NOT_FOUND' };
    default:
      return { as: 'refused', code: outcome.kind };
  }
};

const MOST_POINTERS = 20;

/** By kind and why, with where the first of them stand. */
class Told {
  readonly #by = new Map<string, { kind: string; code: string; count: number; pointers: string[] }>();

  add(kind: string, code: string, pointer: string): void {
    const key = `${kind} ${code}`;
    const told = this.#by.get(key) ?? { kind, code, count: 0, pointers: [] };
    this.#by.set(key, told);
    told.count += 1;
    if (told.pointers.length < MOST_POINTERS) told.pointers.push(pointer);
  }

  all(): ImportReport['refusals'] {
    return [...this.#by.values()];
  }
}

export interface ImportRequest extends Origin {
  readonly reading: FileReading;
  readonly by: Actor;
  /** Ends the import between two things: what was taken by then stays. */
  readonly signal?: AbortSignal;
}

const ORDER: readonly Imported['kind'][] = [
  'organization',
  'practitioner',
  'patient',
  'condition',
  'retraction',
];

export const makeImporter = ({ door, tools, codec, patients, diagnoses }: ImporterParts) => {
  const waitingDoor = patiently(door, PATIENCE_MS);
  const aggregates = new Map<Category, AnyAggregate>(
    (
      [
        organizationAggregate,
        practitionerAggregate,
        patients,
        diagnoses,
      ] as readonly unknown[] as readonly AnyAggregate[]
    ).map((aggregate) => [aggregate.decider.category, aggregate]),
  );

  const give = async (
    run: string,
    { kind, category, id, command }: ItemCommand,
    by: Actor,
  ): Promise<Result> => {
    const aggregate = aggregates.get(category);
    if (aggregate === undefined) throw new Error(`imports write no ${category}`);
    const commandId = uuidFrom('import', run, category, id, command.type);
    const outcome = await waitingDoor.handle(aggregate, {
      id,
      command,
      by,
      commandId,
      correlationId: run,
      causationId: commandId,
    });
    return resultOf(outcome, kind);
  };

  /** A number that another record has is kept beside, so that a person can tell whether the two are one. */
  const giveAll = async (run: string, asked: ItemCommand, by: Actor): Promise<Result> => {
    const result = await give(run, asked, by);
    const { command } = asked;
    if (command.type !== 'ReceivePatient' || result.as !== 'refused' || result.code !== 'IDENTIFIER_TAKEN')
      return result;
    const { identifiers, ...rest } = command;
    return give(run, { ...asked, command: { ...rest, identifiers: [], takenIdentifiers: identifiers } }, by);
  };

  /** @returns whether the item means a record that there is, or several */
  const meant = async (item: Imported, ids: Ids): Promise<'one' | 'several' | 'none'> => {
    if (item.kind !== 'patient' || item.ifNoneExist === undefined) return 'none';
    const found = await tools.lookup(patientsNumbered(ids.origin.organizationId, numbersOf(item)));
    const [first, ...others] = found;
    if (first === undefined || first === (await ids.of(item.identity))) return 'none';
    if (others.length > 0) return 'several';
    ids.mean(item.identity, first);
    return 'one';
  };

  /** That a patient died is recorded once the record is there: it is told to everybody who treats them. */
  const withDeath = async (
    run: string,
    item: Imported,
    result: Result,
    ids: Ids,
    by: Actor,
  ): Promise<Result> => {
    if (item.kind !== 'patient' || item.deceased === undefined) return result;
    if (result.as === 'refused' || result.as === 'ignored') return result;
    const death = await give(run, await deathOf(item, ids), by);
    return result.as === 'unchanged' && death.as !== 'unchanged' ? death : result;
  };

  return async ({ reading, organizationId, system, by, signal }: ImportRequest) => {
    const ids = new Ids((...parts) => codec.nameOf(...parts), { organizationId, system });
    const run = randomUUID();
    const byKind: ImportReport['byKind'] = {};
    const refusals = new Told();
    const left = new Told();
    /** Patients of the file that were not taken: what is said of them is not theirs for certain. */
    const lost = new Set<string>();

    const resultFor = async (item: Imported): Promise<Result> => {
      if (item.kind === 'condition' && lost.has(item.patient.identity))
        return { as: 'refused', code: 'PATIENT_NOT_TAKEN' };
      switch (await meant(item, ids)) {
        case 'one':
          return { as: 'unchanged' };
        case 'several':
          return { as: 'refused', code: 'SEVERAL_MATCH' };
        case 'none':
          return withDeath(run, item, await giveAll(run, await commandFor(item, ids), by), ids, by);
      }
    };

    const things: readonly Imported[] = [...reading.items, ...reading.retractions];
    for (const item of ORDER.flatMap((kind) => things.filter((each) => each.kind === kind))) {
      signal?.throwIfAborted();
      const result = await resultFor(item);
      const counts = (byKind[item.kind] ??= { added: 0, changed: 0, unchanged: 0, different: 0, refused: 0 });
      if (result.as === 'ignored') left.add(item.kind, result.code, item.pointer);
      else counts[result.as] += 1;
      if (result.as === 'different' || result.as === 'refused') {
        refusals.add(item.kind, result.code, item.pointer);
        if (item.kind === 'patient' && LOSES.includes(result.code)) lost.add(item.identity);
      }
    }
    const digest = (await codec.nameOf('file', reading.sha256)).toString('hex');
    const report: ImportReport = {
      organizationId,
      source: system,
      digest,
      byKind,
      resources: reading.tallies.map((tally) => ({ ...tally })),
      ignored: [
        ...reading.ignored.map(({ resourceType, why, count, pointers }) => ({
          resourceType,
          why,
          count,
          pointers: [...pointers],
        })),
        ...left.all().map(({ kind, code, ...rest }) => ({ resourceType: kind, why: code, ...rest })),
      ],
      broken: reading.broken.map((fault) => ({ ...fault })),
      refusals: refusals.all(),
    };
    // The same file is one import; one that brings something once more, as things were settled here since, is another.
    return {
      first: await importedId((...parts) => codec.nameOf(...parts), { organizationId, system }, digest),
      again: createdIdFrom(run),
      report,
    };
  };
};

/** Codes by which it is not known whether the record is the file's patient. */
const LOSES = ['SOURCE_OTHER_PERSON', 'SEVERAL_MATCH'];

const deathOf = async (item: ImportedPatient, ids: Ids): Promise<ItemCommand> => ({
  kind: item.kind,
  category: 'patient',
  id: await ids.of(item.identity),
  command: {
    type: 'RecordDeath',
    source: 'import',
    ...(typeof item.deceased === 'string' ? { on: item.deceased } : {}),
  },
});

const numbersOf = ({ ifNoneExist = [] }: ImportedPatient) =>
  ifNoneExist.flatMap(({ system, value }) => (system === undefined ? [] : [{ system, value }]));

export type Importer = ReturnType<typeof makeImporter>;
