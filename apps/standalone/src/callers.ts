/** From the subject of a token to a person of the directory: rights come from our data, and a change acts at once. */
import type { CallerDirectory } from '@fascia/access';
import type { Actor } from '@fascia/kernel';
import type { PractitionerRow } from '@fascia/directory';
import type { Rows } from '@fascia/read-store';

type Row = Pick<PractitionerRow, 'id' | 'roles' | 'suspended'>;

/** @param operators subjects that are operators by configuration, for the time before anybody is enrolled */
export const callerDirectory = (rows: Rows, operators: readonly string[]): CallerDirectory => ({
  callerOf: async (sub): Promise<Actor | undefined> => {
    const [person] = await rows.query<Row>('select id, roles, suspended from read.practitioner where account = $1', [sub]);
    if (person === undefined) return operators.includes(sub) ? { sub, role: 'operator' } : undefined;
    const [first] = person.roles;
    if (person.suspended || first === undefined) return undefined;
    const { role, organizationId } = first;
    return { sub, role, practitionerId: person.id, ...(organizationId === undefined ? {} : { organizationId }) };
  },
});
