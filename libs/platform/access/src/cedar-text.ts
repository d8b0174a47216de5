/** Permissions as Cedar text, and the schema that every policy is validated against: roles, relations, actions are enumerated. */
import { CATEGORIES, RELATIONS, ROLES, type Permission } from '@fascia/kernel';

const uid = (type: string, id: string): string => `${type}::${JSON.stringify(id)}`;

const listOf = (type: string, ids: readonly string[]): string =>
  `[${ids.map((id) => uid(type, id)).join(', ')}]`;

const principalOf = (
  roles: readonly string[],
): { readonly scope: string; readonly condition: readonly string[] } => {
  const [only, ...others] = roles;
  if (only !== undefined && others.length === 0)
    return { scope: `principal == ${uid('Role', only)}`, condition: [] };
  return { scope: 'principal', condition: [`${listOf('Role', roles)}.contains(principal)`] };
};

export const cedarOf = ({ id, roles, commands, when, resource }: Permission): string => {
  const { scope, condition } = principalOf(roles);
  const related = when === 'anything' ? [] : [`resource.relations.containsAny(${listOf('Relation', when)})`];
  const conditions = [...condition, ...related];
  const action = `action in ${listOf('Action', commands)}`;
  const head = `@id(${JSON.stringify(id)})\npermit (${scope}, ${action}, resource == ${uid('Category', resource)})`;
  return conditions.length === 0 ? `${head};` : `${head}\nwhen { ${conditions.join(' && ')} };`;
};

const enumerated = (type: string, ids: readonly string[]): string =>
  `entity ${type} enum [${ids.map((id) => JSON.stringify(id)).join(', ')}];`;

/** In Cedar's schema language. */
export const cedarSchema = (actions: readonly string[]): string =>
  [
    enumerated('Role', ROLES),
    enumerated('Relation', RELATIONS),
    // What is asked about carries its relations, so it cannot be of an enumerated type; its names are checked as words.
    'entity Category = { relations: Set<Relation> };',
    `action ${actions.map((action) => JSON.stringify(action)).join(', ')} appliesTo { principal: Role, resource: Category };`,
  ].join('\n');

/** Categories that a policy names and the product does not have. */
export const unknownCategories = (text: string): readonly string[] => {
  const named = [...text.matchAll(/Category::"([^"]*)"/g)].map((match) => match[1] ?? '');
  return named.filter((name) => !CATEGORIES.some((known) => known === name));
};
