/**
 * A read model is a table that a pure fold keeps: `fold(row, event) → row`. Rows are JSON in and out, so that
 * a row means the same in a fold, in a rebuild and in a digest. Instants are text (UTC, sortable).
 */
import type { DomainEvent, Envelope } from '@fascia/kernel';

export type ColumnType = 'text' | 'text[]' | 'integer' | 'boolean' | 'jsonb' | 'numeric';

export interface ReadModel<
  Row extends { readonly id: string } = { readonly id: string },
  E extends DomainEvent = DomainEvent,
> {
  /** Table name in schema `read`; snake case. */
  readonly name: string;
  /** Raised when shape or fold change: the next start rebuilds the table. */
  readonly version: number;
  /** `id` is the primary key. */
  readonly columns: Readonly<Record<keyof Row & string, ColumnType>>;
  /** Index expressions, such as `(patient_id, state)` or `using gin (pool)`. */
  readonly indexes: readonly string[];
  /** Stored event types it takes; others never reach the fold. */
  readonly takes: readonly E['type'][];
  /** Ids of the rows that an event touches: one in most models. */
  rowsOf(event: Envelope<E>): readonly string[];
  /** Pure. Nothing means: no such row (any more). */
  fold(row: Row | undefined, event: Envelope<E>, id: string): Row | undefined;
}

/** Lets a model be written with exact types and kept in one list with others. */
export const readModel = <Row extends { readonly id: string }, E extends DomainEvent>(
  model: ReadModel<Row, E>,
): ReadModel => model;

const NAME = /^[a-z][a-z0-9_]*$/;

/** Statements that make the table of a model in a schema. */
export const tableSql = (schema: string, { name, columns, indexes }: ReadModel): string => {
  for (const word of [schema, name, ...Object.keys(columns)])
    if (!NAME.test(word)) throw new Error(`not a plain SQL name: ${word}`);
  const list = Object.entries(columns).map(
    ([column, type]) => `${column} ${type}${column === 'id' ? ' primary key' : ''}`,
  );
  return [
    `create table ${schema}.${name} (${list.join(', ')})`,
    ...indexes.map((index) => `create index on ${schema}.${name} ${index}`),
  ].join(';\n');
};
