/**
 * A read model is a table that a pure fold keeps: `fold(row, event) → row`, or `fold(rows, event) → rows` where an event
 * says something of several rows without naming them. Rows are JSON in and out, so that a row means the same in a fold, in
 * a rebuild and in a digest. Instants are text (UTC, sortable).
 */
import type { DomainEvent, Envelope } from '@fascia/kernel';

export type ColumnType = 'text' | 'text[]' | 'integer' | 'boolean' | 'jsonb' | 'numeric';

export interface Row {
  readonly id: string;
}

interface Table<R extends Row, E extends DomainEvent> {
  /** Table name in schema `read`; snake case. */
  readonly name: string;
  /** Raised when shape or fold change: the next start rebuilds the table. */
  readonly version: number;
  /** `id` is the primary key. */
  readonly columns: Readonly<Record<keyof R & string, ColumnType>>;
  /** Index expressions, such as `(patient_id, state)` or `using gin (pool)`. */
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

/** Statements that make the table of a model in a schema; one in `pg_temp` goes with its transaction. */
export const tableSql = (schema: string, model: ReadModel): string => {
  const { name, columns } = model;
  const indexes = 'group' in model ? [`(${model.group})`, ...model.indexes] : model.indexes;
  for (const word of [schema, name, ...Object.keys(columns)])
    if (!NAME.test(word)) throw new Error(`not a plain SQL name: ${word}`);
  const list = Object.entries(columns).map(
    ([column, type]) => `${column} ${type}${column === 'id' ? ' primary key' : ''}`,
  );
  return [
    `create table ${schema}.${name} (${list.join(', ')})${schema === 'pg_temp' ? ' on commit drop' : ''}`,
    ...indexes.map((index) => `create index on ${schema}.${name} ${index}`),
  ].join(';\n');
};
