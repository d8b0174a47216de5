/** Two records of a person, for whoever answers for records. */
import { until } from '@fascia/testkit';
import type { Fascia } from '../journeys/harness.js';
import { somebody } from '../journeys/person.js';

const PATIENCE_MS = 60_000;

export const CLERK = 'records-demo';

/** @returns both ids, as an address of the two names them */
export const typedTwice = async (
  fascia: Fascia,
  family: string,
  birthDate: string,
): Promise<readonly [one: string, other: string]> => {
  const physician = fascia.as('physician-demo');
  const registers = async (): Promise<string> =>
    ((await physician.does('/api/v1/patients', { ...somebody(family), birthDate })) as { id: string }).id;
  const ids = [await registers(), await registers()];
  const [one = '', other = ''] = ids.toSorted();
  const clerk = fascia.as(CLERK);
  await until(async () => (await clerk.get(`/api/v1/matches?patientId=${one}`)).body.items?.length > 0, {
    deadlineMs: PATIENCE_MS,
    message: 'the two to be proposed',
  });
  return [one, other];
};
