/** The day that it is for whoever asks: at the organisation for which they act, and in UTC where none is known (docs/domain/days.md). */
import { dayOf, endOfDay } from '@fascia/clinical/calendar';
import type { Instant } from '@fascia/kernel';
import { callersOrganization, callersValues, compiled, tables, type Asking } from '@fascia/read-store';
import type { OrganizationRow } from './model.js';

const callersZone = compiled(
  tables<{ 'read.organization': OrganizationRow }>()
    .selectFrom('read.organization')
    .select('time_zone')
    .where('id', '=', callersOrganization),
);

/** The last moment of it. */
export const endOfToday = async ({ by, now, desk }: Asking): Promise<Instant> => {
  const [organization] = await callersZone.ask(desk.rows, callersValues(by));
  const zone = organization?.time_zone ?? 'UTC';
  return endOfDay(dayOf(now, zone), zone);
};
