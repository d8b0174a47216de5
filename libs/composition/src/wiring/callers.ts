/** From the subject of a token to a person of the directory: rights come from our data, and a change acts at once. */
import type { CallerDirectory } from '@fascia/access';
import type { Actor, Position, Rows } from '@fascia/kernel';
import type { PractitionerRow } from '@fascia/directory';
import { ListBuilding } from '@fascia/read-store';
import { LRUCache } from 'lru-cache';

type Row = Pick<PractitionerRow, 'id' | 'roles' | 'suspended'>;

/** People asked for are remembered until the log brings anything about anybody. */
const REMEMBERED = 10_000;

interface CallerOptions {
  /** Subjects that are operators by configuration, for the time before anybody is enrolled. */
  readonly operators: readonly string[];
  /** Where the log last had something about practitioners, in a process that reads it; elsewhere people are asked for with every request. */
  readonly touchedAt?: (() => Position) | undefined;
}

export const callerDirectory = (rows: Rows, { operators, touchedAt }: CallerOptions): CallerDirectory => {
  /** That nobody has the account is known as well. */
  const known = new LRUCache<string, { readonly actor: Actor | undefined }>({ max: REMEMBERED });
  let asOf = -1n;

  const find = async (sub: string): Promise<Actor | undefined> => {
    const [person] = await rows
      .query<Row>('select id, roles, suspended from read.practitioner where account = $1', [sub])
      .catch((error: unknown) => {
        // While the people are being built, an operator has to see that they are.
        if (error instanceof ListBuilding && operators.includes(sub)) return [];
        throw error;
      });
    if (person === undefined) return operators.includes(sub) ? { sub, role: 'operator' } : undefined;
    const [first] = person.roles;
    if (person.suspended || first === undefined) return undefined;
    const { role, organizationId } = first;
    return {
      sub,
      role,
      practitionerId: person.id,
      ...(organizationId === undefined ? {} : { organizationId }),
    };
  };

  return {
    callerOf: async (sub) => {
      const now = touchedAt?.();
      if (now === undefined) return find(sub);
      if (now !== asOf) known.clear();
      asOf = now;
      const found = known.get(sub);
      if (found !== undefined) return found.actor;
      const actor = await find(sub);
      // Something may have changed while the row was read: then it is asked for again next time.
      if (touchedAt?.() === now) known.set(sub, { actor });
      return actor;
    },
  };
};
