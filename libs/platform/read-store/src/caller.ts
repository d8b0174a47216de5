/** What a question's query may know of whoever asks. */
import type { Actor } from '@fascia/kernel';
import { parameter } from './sql.js';

const ORGANIZATION = 'caller.organization';
const ROLE = 'caller.role';

/** The caller's organisation, in any part of a question's query; nothing for a caller who has none. */
export const callersOrganization = parameter<string>(ORGANIZATION);

/** The role in which the caller asks, in any part of a question's query. */
export const callersRole = parameter<string>(ROLE);

/** Values that every query of a caller may name. */
export const callersValues = (by: Actor): Readonly<Record<string, unknown>> => ({
  [ORGANIZATION]: by.organizationId ?? null,
  [ROLE]: by.role,
});
