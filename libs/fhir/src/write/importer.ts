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
import { createdIdFrom, uuidFrom, type Actor, type Category } from '@fascia/kernel';
import type { PrecautionAggregate } from '@fascia/safety';
import { patiently, type AnyAggregate, type Codec, type FactTools, type WriteDoor } from '@fascia/write-door';
import type { FileReading } from '../bundle/file.js';
import type { ImportedEnding, ImportedPatient } from '../bundle/items.js';
import type { ImportReport } from '../contract/events.js';
import {
  commandFor,
  deathOf,
  Ids,
  importedId,
  type Imported,
  type ItemCommand,
  type Origin,
} from './import-commands.js';
import { ImportTally, resultOf, type Result } from './import-tally.js';
import { endingsOf, proposalsOf } from './precautions.js';

export interface ImporterParts {
  readonly door: WriteDoor;
  readonly tools: Pick<FactTools, 'lookup'>;
  readonly codec: Pick<Codec, 'nameOf'>;
  readonly patients: PatientAggregate;
  readonly diagnoses: DiagnosisAggregate;
  readonly precautions: PrecautionAggregate;
}

/** A file of hundreds of commands is not given up for one that has to wait (a list that is behind, a store that is busy). */
const PATIENCE_MS = 10_000;

export interface ImportRequest extends Origin {
  readonly reading: FileReading;
  readonly by: Actor;
  /** Ends the import between two things: what was taken by then stays. */
  readonly signal?: AbortSignal;
  /** How many of its things were given. */
  readonly progress?: (done: number, total: number) => void;
}

export interface ImportOutcome {
  /** Of the import of a file; the same file has the same one. */
  readonly first: string;
  /** Of this time, should it have brought something once more. */
  readonly again: string;
  readonly report: ImportReport;
}

/** In this order nothing refers to what comes later. */
const ORDER: readonly Imported['kind'][] = [
  'organization',
  'practitioner',
  'patient',
  'condition',
  'precaution',
  'ending',
  'retraction',
];

/** By these it is not known whether the record is the file's patient: what the file says of them is not theirs for certain. */
const NOT_THEIRS = ['SOURCE_OTHER_PERSON', 'several-match'];

const numbersOf = ({ ifNoneExist = [] }: ImportedPatient) =>
  ifNoneExist.flatMap(({ system, value }) => (system === undefined ? [] : [{ system, value }]));

/** One file, one time. */
class Import {
  readonly run = randomUUID();
  readonly #ids: Ids;
  readonly #lost = new Set<string>();
  readonly #ended = new Set<string>();

  constructor(
    private readonly parts: Pick<ImporterParts, 'tools' | 'door'> & {
      readonly aggregates: ReadonlyMap<Category, AnyAggregate>;
    },
    private readonly by: Actor,
    ids: Ids,
  ) {
    this.#ids = ids;
  }

  async take(item: Imported): Promise<Result> {
    if ('patient' in item && this.#lost.has(item.patient.identity))
      return { as: 'refused', code: 'patient-not-taken' };
    if (item.kind === 'retraction' && item.of !== 'condition') return { as: 'ignored', code: 'not-imported' };
    if (item.kind === 'ending') return this.#end(item);
    if (item.kind !== 'patient') return this.#give(await commandFor(item, this.#ids));
    const result = await this.#takePatient(item);
    if ('code' in result && NOT_THEIRS.includes(result.code)) this.#lost.add(item.identity);
    return result;
  }

  /** A medicine that is taken back is no more than the precaution that it was. */
  isToldAlready(item: Imported): boolean {
    return item.kind === 'retraction' && item.of === 'medication' && this.#ended.has(item.pointer);
  }

  async #end(item: ImportedEnding): Promise<Result> {
    const result = await this.#give(await commandFor(item, this.#ids));
    if (result.as !== 'ignored') this.#ended.add(item.pointer);
    return result;
  }

  async #takePatient(item: ImportedPatient): Promise<Result> {
    const numbers = numbersOf(item);
    if (numbers.length > 0) {
      const { organizationId } = this.#ids.origin;
      const [found, ...others] = await this.parts.tools.lookup(patientsNumbered(organizationId, numbers));
      if (others.length > 0) return { as: 'refused', code: 'several-match' };
      if (found !== undefined && found !== (await this.#ids.of(item.identity))) {
        this.#ids.mean(item.identity, found);
        return { as: 'unchanged' };
      }
    }
    return this.#withDeath(item, await this.#withNumbers(await commandFor(item, this.#ids)));
  }

  /** A number that another record has is kept beside, so that a person can tell whether the two are one. */
  async #withNumbers(asked: ItemCommand): Promise<Result> {
    const result = await this.#give(asked);
    const { command } = asked;
    if (command.type !== 'ReceivePatient' || result.as !== 'refused' || result.code !== 'IDENTIFIER_TAKEN')
      return result;
    const { identifiers, ...rest } = command;
    return this.#give({ ...asked, command: { ...rest, identifiers: [], takenIdentifiers: identifiers } });
  }

  /** That a patient died is recorded once the record is there: it is told to everybody who treats them. */
  async #withDeath(item: ImportedPatient, result: Result): Promise<Result> {
    if (item.deceased === undefined || result.as === 'refused' || result.as === 'ignored') return result;
    const death = await this.#give(await deathOf(item, this.#ids));
    return result.as === 'unchanged' ? death : result;
  }

  async #give({ kind, category, id, command }: ItemCommand): Promise<Result> {
    const aggregate = this.parts.aggregates.get(category);
    if (aggregate === undefined) throw new Error(`imports write no ${category}`);
    const commandId = uuidFrom('import', this.run, category, id, command.type);
    const outcome = await this.parts.door.handle(aggregate, {
      id,
      command,
      by: this.by,
      commandId,
      correlationId: this.run,
      causationId: commandId,
    });
    return resultOf(outcome, kind);
  }
}

export const makeImporter = ({ door, tools, codec, patients, diagnoses, precautions }: ImporterParts) => {
  const known = [
    organizationAggregate,
    practitionerAggregate,
    patients,
    diagnoses,
    precautions,
  ] as readonly unknown[] as readonly AnyAggregate[];
  const parts = {
    tools,
    door: patiently(door, PATIENCE_MS),
    aggregates: new Map(known.map((aggregate) => [aggregate.decider.category, aggregate])),
  };
  const nameOf = (...names: readonly string[]): Promise<Buffer> => codec.nameOf(...names);

  return async ({ reading, by, signal, progress, ...origin }: ImportRequest): Promise<ImportOutcome> => {
    const { organizationId, system } = origin;
    const one = new Import(parts, by, new Ids(nameOf, { organizationId, system }));
    const tally = new ImportTally();
    const things: readonly Imported[] = [
      ...reading.items,
      ...proposalsOf(reading.precautions),
      ...endingsOf(reading.endings, reading.precautions),
      ...reading.retractions,
    ];
    const inOrder = ORDER.flatMap((kind) => things.filter((each) => each.kind === kind));
    for (const [done, item] of inOrder.entries()) {
      signal?.throwIfAborted();
      progress?.(done, inOrder.length);
      if (!one.isToldAlready(item)) tally.add(item, await one.take(item));
    }
    const digest = (await nameOf('file', reading.sha256)).toString('hex');
    return {
      first: await importedId(nameOf, { organizationId, system }, digest),
      again: createdIdFrom(one.run),
      report: { organizationId, source: system, digest, ...tally.with(reading) },
    };
  };
};

export type Importer = ReturnType<typeof makeImporter>;
