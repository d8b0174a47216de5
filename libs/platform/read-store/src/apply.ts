/** Folds a batch to one write per row: all models' rows are read in one statement, and written in one. */
import type { PoolClient } from 'pg';
import { errorName } from '@fascia/retry';
import { notesOf, saying, type Change, type Telling } from './changed-rows.js';
import { isBroken, type Opened } from './opening.js';
import { groupsOf, type Groups, type ReadModel, type Row } from './read-model.js';

/** A table that a model keeps. */
export interface Target {
  readonly model: ReadModel;
  /** Where the table is: `read`, or where it is being built. */
  readonly schema: string;
  /** Streams whose events wait for `retry`. */
  readonly parkedStreams: ReadonlySet<string>;
  /** When people watch it: they are told which rows changed. */
  readonly telling?: Telling | undefined;
}

export interface Parked {
  readonly model: string;
  readonly stream: string;
  readonly version: number;
  readonly error: string;
  /** Whose health data the stream is; null when nobody's. */
  readonly patientId: string | null;
}

export const parkedBy = (model: ReadModel, event: Opened, error: string): Parked => ({
  model: model.name,
  stream: event.stream,
  version: event.version,
  error,
  patientId: event.patientId ?? null,
});

/** The error by its name: a fold's message may hold what it choked on. */
type Attempt<T> = { readonly value: T } | { readonly value?: undefined; readonly error: string };

const attempt = <T>(work: () => T): Attempt<T> => {
  try {
    return { value: work() };
  } catch (error) {
    return { error: errorName(error) };
  }
};

type Rows = readonly Row[];

/** A target with what the batch has for it, before and after the rows are there. */
interface Work extends Target {
  readonly groups: Groups;
  readonly touches: ReadonlyMap<Opened, Attempt<readonly string[]>>;
  /** Rows by group: as they were found, and as they are after what has been folded. */
  readonly before: Map<string, Rows>;
  readonly after: Map<string, Rows>;
  readonly parked: Parked[];
}

/** What a target has to take of a batch. */
export const wantedBy = ({ model, parkedStreams }: Target, events: readonly Opened[]): readonly Opened[] =>
  events.filter((event) => model.takes.includes(event.type) && !parkedStreams.has(event.stream));

const workFor = (target: Target, events: readonly Opened[]): Work => {
  const groups = groupsOf(target.model);
  return {
    ...target,
    groups,
    touches: new Map(
      wantedBy(target, events).map((event) => [
        event,
        isBroken(event) ? { error: event.broken } : attempt(() => groups.of(event)),
      ]),
    ),
    before: new Map(),
    after: new Map(),
    parked: [],
  };
};

const tableOf = ({ schema, model }: Target): string => `${schema}.${model.name}`;

/**
 * Applies events to several models' tables inside the caller's transaction.
 * @returns for each target what was parked by this batch
 */
export const applyBatch = async (
  client: PoolClient,
  targets: readonly Target[],
  events: readonly Opened[],
): Promise<readonly (readonly Parked[])[]> => {
  const works = targets.map((target) => workFor(target, events));
  const busy = works.filter(({ touches }) => touches.size > 0);
  if (busy.length > 0) {
    await loadRows(client, busy);
    for (const work of busy) foldAll(work);
    await storeRows(client, busy);
  }
  return works.map(({ parked }) => parked);
};

/** In the order of the log: what came before the event that does not fit still counts. */
const foldAll = ({ model, groups, touches, before, after, parked }: Work): void => {
  const stopped = new Set<string>();
  for (const [event, named] of touches) {
    if (stopped.has(event.stream)) continue;
    const rowsOf = (group: string): Rows => after.get(group) ?? before.get(group) ?? [];
    const next = isBroken(event)
      ? { error: event.broken, value: undefined }
      : named.value === undefined
        ? named
        : attempt(() =>
            named.value.map((group) => [group, groups.fold(rowsOf(group), event, group)] as const),
          );
    if (next.value === undefined) {
      stopped.add(event.stream);
      parked.push(parkedBy(model, event, next.error));
      continue;
    }
    for (const [group, rows] of next.value) after.set(group, rows);
  }
};

const loadRows = async (client: PoolClient, works: readonly Work[]): Promise<void> => {
  const selects = works.map(
    (work, index) =>
      `select ${String(index)} as target, ${work.groups.column} as group, to_jsonb(t) as row from ${tableOf(work)} t where ${work.groups.column} = any($${String(index + 1)})`,
  );
  const named = works.map(({ touches }) => [
    ...new Set([...touches.values()].flatMap(({ value = [] }) => value)),
  ]);
  const found = await client.query<{ target: number; group: string; row: Row }>(
    selects.join('\nunion all '),
    named,
  );
  for (const { target, group, row } of found.rows) {
    const before = works[target]?.before;
    before?.set(group, [...(before.get(group) ?? []), row]);
  }
};

/** What the folds left otherwise than they found it. */
const changesOf = ({ before, after }: Work): Change => {
  const was = [...after.keys()].flatMap((group) => before.get(group) ?? []);
  const is = [...after.values()].flat();
  const untouched = new Set(was);
  const there = new Set(is.map(({ id }) => id));
  return {
    was,
    kept: is.filter((row) => !untouched.has(row)),
    gone: was.map(({ id }) => id).filter((id) => !there.has(id)),
  };
};

/** Every table in one statement: what changes in one is not looked at by another. */
const storeRows = async (client: PoolClient, works: readonly Work[]): Promise<void> => {
  const parts: string[] = [];
  const values: unknown[] = [];
  const bound = (value: unknown): string => `$${String(values.push(value))}`;
  const changes = works.map((work) => ({ ...work, ...changesOf(work) }));
  for (const work of changes) {
    const table = tableOf(work);
    const { kept, gone } = work;
    if (kept.length > 0) parts.push(upsertSql(table, work.model, bound(JSON.stringify(kept))));
    if (gone.length > 0) parts.push(`delete from ${table} where id = any(${bound(gone)})`);
  }
  if (parts.length === 0) return;
  const notes = notesOfAll(changes);
  if (notes.length > 0) parts.push(saying(bound(notes)));
  const [last, ...others] = parts.toReversed();
  const before = others.map((part, index) => `w${String(index)} as (${part})`);
  await client.query(`${before.length === 0 ? '' : `with ${before.join(',\n')}\n`}${last ?? ''}`, values);
};

/** Those of one transaction are of one batch. */
const notesOfAll = (changes: readonly (Target & Change)[]): readonly string[] => {
  const told = changes.filter(({ telling }) => telling !== undefined);
  const [telling] = told.flatMap((one) => one.telling ?? []);
  return telling === undefined
    ? []
    : notesOf(
        telling,
        told.map(({ model: { name }, was, kept, gone }) => ({ model: name, was, kept, gone })),
      );
};

const upsertSql = (table: string, model: ReadModel, rows: string): string => {
  const columns = Object.keys(model.columns);
  const assignments = columns
    .filter((column) => column !== 'id')
    .map((column) => `${column} = excluded.${column}`);
  return `insert into ${table} (${columns.join(', ')})
     select ${columns.join(', ')} from jsonb_populate_recordset(null::${table}, ${rows}::jsonb)
     on conflict (id) do update set ${assignments.join(', ')}`;
};
