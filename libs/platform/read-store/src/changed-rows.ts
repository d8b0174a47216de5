/**
 * What a batch changes in tables that people watch, said on a channel of the database in the transaction that changes it: whoever
 * listens hears of it when it is there to be read, never of what was rolled back, and whichever process it is in. Ids are said, and
 * nothing else of a row.
 */
import type { Position } from '@fascia/kernel';
import type { Row } from './read-model.js';

/** Where a slice of the log stands. */
export interface PlaceInSlice {
  readonly partition: number;
  readonly position: Position;
  /** Of the event there, hex, or as much of it as tells histories apart; empty at the beginning. */
  readonly digest: string;
}

/** Whose batch it is, and where it ends. */
export interface Telling {
  readonly partition: number;
  /** Absent when rows change though the slice stands still: a parked stream is taken again. */
  readonly to: Omit<PlaceInSlice, 'partition'> | undefined;
}

export interface RowsChanged {
  readonly model: string;
  readonly ids: readonly string[];
  /** Those that the rows name, or named before: a row may be gone from the list of an organisation that it is nothing to any more. */
  readonly organizations: readonly string[];
  /** Whose they were, of rows that are gone. */
  readonly patients: readonly string[];
}

/** A part of a batch, or, without rows, that a whole table was replaced. */
export interface Said {
  readonly partition: number;
  readonly rows: RowsChanged | undefined;
  /** With the last part. */
  readonly to: PlaceInSlice | undefined;
}

const CHANNEL = 'fascia_lists';

export const LISTEN = `listen ${CHANNEL}`;

/** A select for the end of a statement. @param notes a list of texts, as SQL */
export const saying = (notes: string): string =>
  `select pg_notify('${CHANNEL}', note) from unnest(${notes}::text[]) as note`;

/** PostgreSQL takes less than 8000 bytes; around the ids there is some JSON. */
const MOST_BYTES = 7_000;

type Words = Omit<RowsChanged, 'model'>;
type Kind = keyof Words;

const ORGANIZATIONS = /(^|_)organization_ids?$/;

const organizationsIn = (row: Row): readonly string[] =>
  Object.entries(row)
    .filter(([column]) => ORGANIZATIONS.test(column))
    .flatMap(([, named]) => (named ?? []) as string | readonly string[]);

const patientOf = (row: Row): string | undefined => {
  const { patient_id: patient } = row as { readonly patient_id?: unknown };
  return typeof patient === 'string' ? patient : undefined;
};

export interface Change {
  /** As they were found; those of rows that stay as they are count as well. */
  readonly was: readonly Row[];
  readonly kept: readonly Row[];
  readonly gone: readonly string[];
}

const wordsOf = ({ was, kept, gone }: Change): Words => {
  const ids = new Set([...kept.map(({ id }) => id), ...gone]);
  const missing = new Set(gone);
  const before = was.filter(({ id }) => ids.has(id));
  const taken = before.filter(({ id }) => missing.has(id));
  return {
    ids: [...ids],
    organizations: [...new Set([...before, ...kept].flatMap(organizationsIn))],
    patients: [...new Set(taken.flatMap((row) => patientOf(row) ?? []))],
  };
};

/** In parts that a channel takes. */
const parted = (words: Words): readonly Words[] => {
  const parts: Record<Kind, string[]>[] = [];
  let room = 0;
  for (const kind of ['ids', 'organizations', 'patients'] as const)
    for (const word of words[kind]) {
      const bytes = Buffer.byteLength(JSON.stringify(word)) + 1;
      if (bytes > room) {
        parts.push({ ids: [], organizations: [], patients: [] });
        room = MOST_BYTES;
      }
      parts.at(-1)?.[kind].push(word);
      room -= bytes;
    }
  return parts;
};

/** The notes of one statement: the last of them says where the batch ends. */
export const notesOf = (
  { partition, to }: Telling,
  changes: readonly (Change & { readonly model: string })[],
): readonly string[] => {
  const parts = changes.flatMap(({ model, ...change }) =>
    parted(wordsOf(change)).map((words) => ({ model, ...words })),
  );
  return parts.map((rows, index) =>
    JSON.stringify({
      partition,
      rows,
      ...(to === undefined || index < parts.length - 1
        ? {}
        : { to: { position: to.position.toString(), digest: to.digest } }),
    }),
  );
};

/** That a table was replaced by a new generation of it: nobody knows which of its rows are others. */
export const REPLACED = JSON.stringify({ partition: 0 });

interface Note {
  readonly partition: number;
  readonly rows?: RowsChanged;
  readonly to?: { readonly position: string; readonly digest: string };
}

export const readNote = (note: string): Said => {
  const { partition, rows, to } = JSON.parse(note) as Note;
  return {
    partition,
    rows,
    to: to === undefined ? undefined : { partition, position: BigInt(to.position), digest: to.digest },
  };
};
