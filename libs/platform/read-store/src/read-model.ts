/**
 * A read model is a table that a pure fold keeps: `fold(row, event) → row`, or `fold(rows, event) → rows` where an event
 * says something of several rows without naming them. Rows are JSON in and out, so that a row means the same in a fold, in
 * a rebuild and in a digest. Instants are text (UTC, sortable).
 */
import { hash } from 'node:crypto';
import type { DomainEvent, Envelope } from '@fascia/kernel';

export type ColumnType = 'text' | 'text[]' | 'integer' | 'boolean' | 'jsonb' | 'numeric';

export interface Row {
  readonly id: string;
}

interface Table<R extends Row, E extends DomainEvent> {
  /** Table name in schema `read`; snake case. */
  readonly name: string;
  /** Raised when the fold changes: the next start rebuilds the table. Code that finds a higher one leaves the table alone. */
  readonly version: number;
  /** `id` is the primary key. */
  readonly columns: Readonly<Record<keyof R & string, ColumnType>>;
  /**
   * Index expressions, such as `(patient_id, state)` or `using gin (pool)`. One that the table lacks is built beside, without a
   * rebuild. A text without a bound is no key (see `sortKey`); `using hash` takes any.
   */
  readonly indexes: readonly string[];
  /** Stored event types it takes; others never reach the fold. */
  readonly takes: readonly E['type'][];
}

export interface RowModel<R extends Row = Row, E extends DomainEvent = DomainEvent> extends Table<R, E> {
  /** Ids of the rows that an event touches: one in most models. */
  rowsOf(event: Envelope<E>): readonly string[];
  /** Pure. Nothing means: no such row (any more). */
  fold(row: R | undefined, event: Envelope<E>, id: string): R | undefined;
}

export interface GroupModel<R extends Row = Row, E extends DomainEvent = DomainEvent> extends Table<R, E> {
  /** The text column by which rows belong together; indexed by the host. */
  readonly group: string;
  /** The groups that an event touches: one in most models. */
  groupsOf(event: Envelope<E>): readonly string[];
  /** Pure; takes all rows of a group, in no order, and answers all of them. Those left as they are need not be written. */
  foldGroup(rows: readonly R[], event: Envelope<E>, group: string): readonly R[];
}

export type ReadModel = RowModel | GroupModel;

/** Lets a model be written with exact types and kept in one list with others. */
export const readModel = <R extends Row, E extends DomainEvent>(model: RowModel<R, E>): RowModel => model;

/** The same for one whose rows are folded together. */
export const groupModel = <R extends Row, E extends DomainEvent>(
  model: GroupModel<R, E> & { readonly group: keyof R },
): GroupModel => model;

/** How a model is kept, whatever its shape: a row that stands alone is a group of its own. */
export interface Groups {
  /** The column that names a row's group. */
  readonly column: string;
  of(event: Envelope): readonly string[];
  fold(rows: readonly Row[], event: Envelope, group: string): readonly Row[];
}

export const groupsOf = (model: ReadModel): Groups =>
  'group' in model
    ? {
        column: model.group,
        of: (event) => model.groupsOf(event),
        fold: (rows, event, group) => model.foldGroup(rows, event, group),
      }
    : {
        column: 'id',
        of: (event) => model.rowsOf(event),
        fold: ([row], event, id) => {
          const next = model.fold(row, event, id);
          return next === undefined ? [] : [next];
        },
      };

const NAME = /^[a-z][a-z0-9_]*$/;

const fingerprints = new WeakMap<ReadModel['columns'], string>();

/** Of names and types of columns, in any order: a table of other columns does not fit this code, whatever its version says. */
export const fingerprintOf = ({ columns }: Pick<ReadModel, 'columns'>): string => {
  const known =
    fingerprints.get(columns) ??
    hash(
      'sha256',
      Object.entries(columns)
        .map(([column, type]) => `${column} ${type}`)
        .toSorted()
        .join('\n'),
    ).slice(0, 16);
  fingerprints.set(columns, known);
  return known;
};

/** What a table has to be to fit this code; for {@link fitting}. */
export type Fit = Pick<ReadModel, 'name' | 'version' | 'columns'>;

/** Three parameters, from `$n` on: the models that this code knows, as `m`. */
export const fitting = (n: number): string =>
  `unnest($${String(n)}::text[], $${String(n + 1)}::int[], $${String(n + 2)}::text[]) as m(name, version, fingerprint)`;

export const fittingValues = (models: readonly Fit[]): readonly unknown[] => [
  models.map(({ name }) => name),
  models.map(({ version }) => version),
  models.map(fingerprintOf),
];

const MOST_OF_A_NAME = 40;

/** Names of a model's indexes and what they are: a name says what it stands for, so that one that changed is another one. */
export const indexesOf = (model: ReadModel): ReadonlyMap<string, string> => {
  const indexes = 'group' in model ? [`(${model.group})`, ...model.indexes] : model.indexes;
  return new Map(
    indexes.map((index) => {
      const words = [model.name, ...(index.match(/[a-z0-9_]+/g) ?? [])].join('_').slice(0, MOST_OF_A_NAME);
      return [`${words}_${hash('sha256', index).slice(0, 8)}`, index];
    }),
  );
};

/** Statements that make the table of a model in a schema; one in `pg_temp` goes with its transaction. */
export const tableSql = (schema: string, model: ReadModel): string => {
  const { name, columns } = model;
  for (const word of [schema, name, ...Object.keys(columns)])
    if (!NAME.test(word)) throw new Error(`not a plain SQL name: ${word}`);
  const list = Object.entries(columns).map(
    ([column, type]) => `${column} ${type}${column === 'id' ? ' primary key' : ''}`,
  );
  return [
    `create table ${schema}.${name} (${list.join(', ')})${schema === 'pg_temp' ? ' on commit drop' : ''}`,
    ...[...indexesOf(model)].map(([index, on]) => `create index ${index} on ${schema}.${name} ${on}`),
  ].join(';\n');
};
