/** From the subject of a token to a person of the directory: rights come from our data, and a change acts at once. */
import type { CallerDirectory } from '@fascia/access';
import type { Actor, Rows } from '@fascia/kernel';
import type { PractitionerRow } from '@fascia/directory';
import type { ProjectionHost } from '@fascia/read-store';

type Row = Pick<PractitionerRow, 'id' | 'roles' | 'suspended'>;

/** People asked for are remembered until the log brings anything about anybody. */
const REMEMBERED = 10_000;

/** @param operators subjects that are operators by configuration, for the time before anybody is enrolled */
export const callerDirectory = (rows: Rows, host: Pick<ProjectionHost, 'touchedAt'>, operators: readonly string[]): CallerDirectory => {
  const known = new Map<string, Actor | undefined>();
  let asOf = -1n;

  const find = async (sub: string): Promise<Actor | undefined> => {
    const [person] = await rows.query<Row>('select id, roles, suspended from read.practitioner where account = $1', [sub]);
    if (person === undefined) return operators.includes(sub) ? { sub, role: 'operator' } : undefined;
    const [first] = person.roles;
    if (person.suspended || first === undefined) return undefined;
    const { role, organizationId } = first;
    return { sub, role, practitionerId: person.id, ...(organizationId === undefined ? {} : { organizationId }) };
  };

  return {
    callerOf: async (sub) => {
      const now = host.touchedAt('practitioner');
      if (now !== asOf || known.size >= REMEMBERED) known.clear();
      asOf = now;
      if (known.has(sub)) return known.get(sub);
      const actor = await find(sub);
      // Something may have changed while the row was read: then it is asked for again next time.
      if (host.touchedAt('practitioner') === now) known.set(sub, actor);
      return actor;
    },
  };
};
