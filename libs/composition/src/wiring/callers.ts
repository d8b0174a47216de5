/** From the subject of a token to a person of the directory: rights come from our data, and a change acts at once. */
import { AccessRefused, type CallerDirectory } from '@fascia/access';
import type { Actor, Position, Rows } from '@fascia/kernel';
import type { PractitionerRow } from '@fascia/directory';
import { ListBuilding } from '@fascia/read-store';
import { LRUCache } from 'lru-cache';

type Row = Pick<PractitionerRow, 'id' | 'roles' | 'suspended'>;

type Found = (Row | { readonly id: null }) & { readonly parked: boolean };

/** People asked for are remembered until the log brings anything about anybody. */
const REMEMBERED = 10_000;

interface CallerOptions {
  /** Subjects that are operators by configuration, for the time before anybody is enrolled. */
  readonly operators: readonly string[];
  /** Where the log last had something about practitioners, in a process that reads it; elsewhere people are asked for with every request. */
  readonly touchedAt?: (() => Position) | undefined;
}

/** Roles or a suspension may stand in what is parked: whether this person may still do anything cannot be known. */
const incomplete = (): AccessRefused =>
  new AccessRefused(
    503,
    'CALLER_INCOMPLETE',
    'What is known of your account is incomplete, so nothing can be allowed on it. An operator finds it with "fascia models list" and, once it is mended, takes it with "fascia models retry practitioner".',
    { headers: { 'retry-after': '60' } },
  );

/** What an account has, and whether its stream is parked; of an account that nobody has, whether anybody's stream is. */
const ASKED = `
with found as (select id, roles, suspended from read.practitioner where account = $1)
select f.id, f.roles, f.suspended, exists (
  select 1 from read.parked p join read.model m on m.name = p.model and m.generation = p.generation
  where p.model = 'practitioner' and (f.id is null or p.stream = 'practitioner-' || f.id)
) as parked from (select 1) one left join found f on true`;

/** Nobody whose stream is parked: they may be suspended by now. */
const PHYSICIAN = `
select id from read.practitioner p where id = $1 and not suspended and roles @> $2::jsonb and not exists (
  select 1 from read.parked k join read.model m on m.name = k.model and m.generation = k.generation
  where k.model = 'practitioner' and k.stream = 'practitioner-' || p.id)`;

export const callerDirectory = (rows: Rows, { operators, touchedAt }: CallerOptions): CallerDirectory => {
  /** That nobody has the account is known as well. */
  const known = new LRUCache<string, readonly Actor[]>({ max: REMEMBERED });
  let asOf = -1n;

  const find = async (sub: string): Promise<readonly Actor[]> => {
    const isOperator = operators.includes(sub);
    const [person] = await rows.query<Found>(ASKED, [sub]).catch((error: unknown) => {
      // While the people are being built, an operator has to see that they are.
      if (error instanceof ListBuilding && isOperator) return [];
      throw error;
    });
    // As one has to be there who can mend it.
    if (isOperator && (person === undefined || person.id === null || person.parked))
      return [{ sub, role: 'operator' }];
    if (person?.parked === true) throw incomplete();
    if (person === undefined || person.id === null || person.suspended) return [];
    const { id: practitionerId, roles } = person;
    return roles.map(({ role, organizationId }) => ({
      sub,
      role,
      practitionerId,
      ...(organizationId === undefined ? {} : { organizationId }),
    }));
  };

  return {
    rolesOf: async (sub) => {
      const now = touchedAt?.();
      if (now === undefined) return find(sub);
      if (now !== asOf) known.clear();
      asOf = now;
      const found = known.get(sub);
      if (found !== undefined) return found;
      const roles = await find(sub);
      // Something may have changed while the row was read: then it is asked for again next time.
      if (touchedAt?.() === now) known.set(sub, roles);
      return roles;
    },
    isPhysicianIn: async (practitionerId, organizationId) => {
      const role = JSON.stringify([{ role: 'physician', organizationId }]);
      return (await rows.query(PHYSICIAN, [practitionerId, role])).length > 0;
    },
  };
};
