/** Which rows of a question an organisation may see. */
import { sql, type Expression, type SelectQueryBuilder } from 'kysely';
import type { Relation } from '@fascia/kernel';
import { callersOrganization } from './caller.js';
import type { Seen } from './read-desk.js';
import type { Condition } from './sql.js';

/** For each relation, what is true of a row when an organisation stands in it. */
export type Scope = Readonly<Partial<Record<Relation, (organization: Expression<string>) => Condition>>>;

export type AnySelect<Row> = SelectQueryBuilder<Record<string, never>, never, Row>;

/** The rows that a caller may see. @param organization the caller's, unless the query says whose */
export const visible = (
  scope: Scope,
  { relations }: Pick<Seen, 'relations'>,
  organization: Expression<string> = callersOrganization,
): Condition => {
  if (relations === 'all') return sql<boolean>`true`;
  const parts = relations.flatMap((relation) => scope[relation]?.(organization) ?? []);
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`;
};
