/**
 * Who is told of a safeguarding concern (docs/domain/safety.md#safeguarding): those who treat, and nobody beside them. Every question that
 * shows flags asks here.
 */
import { isRestrictedFlag } from '@fascia/clinical';
import type { Role } from '@fascia/kernel';
import { callersRole, type Condition } from '@fascia/read-store';
import { sql } from 'kysely';

const TREATING: readonly Role[] = ['physician', 'therapist'];

/** Of catalogue rows, those that a role is told of. */
export const toldTo = (role: Role, catalogueIds: readonly string[]): readonly string[] =>
  TREATING.includes(role) ? catalogueIds : catalogueIds.filter((id) => !isRestrictedFlag(id));

/** For a table of flags. */
export const ONLY_WHAT_IS_TOLD: Condition = sql<boolean>`(not t.restricted or ${callersRole} in (${sql.join(
  TREATING.map((role) => sql.lit(role)),
)}))`;
