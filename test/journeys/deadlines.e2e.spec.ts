/** The clocks of an order in the running product: by whose days they run, who hears of it when one is missed, and what ends that. */
import { instantAfterDays } from '@fascia/clinical/calendar';
import { until } from '@fascia/testkit';
import { Fascia, today } from './harness.js';
import { besideItsDatabase } from './log.js';
import type { Person } from './person.js';
import { refer } from './treatment.js';

const PATIENCE_MS = 60_000;
/** Twice as long as a clinic may take to pick up a routine order, over a weekend or two. */
const LONG_AFTER = 10;

interface Deadline {
  readonly name: string;
  readonly whose: string;
  readonly dueAt: string;
}

describe('an order that nobody looks at', () => {
  let fascia: Fascia;
  let physician: Person;
  let coordinator: Person;
  let patient: string;
  let order: string;

  beforeAll(async () => {
    fascia = new Fascia(await besideItsDatabase());
    await fascia.start();
    [physician, coordinator] = [fascia.as('physician-demo'), fascia.as('coordinator-demo')];
    patient = await physician.registers('Lateness');
  });

  afterAll(() => fascia.dispose());

  const deadlinesOf = async (id: string): Promise<readonly Deadline[]> =>
    (await physician.get(`/api/v1/referrals/${id}`)).body.deadlines;

  /** Once it is set. */
  const deadline = (id: string, name: string): Promise<Deadline> =>
    until(async () => (await deadlinesOf(id)).find((one) => one.name === name), {
      deadlineMs: PATIENCE_MS,
      message: `${name} to run`,
    }) as Promise<Deadline>;

  const late = async (): Promise<readonly string[]> =>
    (
      (await physician.get('/api/v1/referrals?late=true&limit=200')).body.items as { readonly id: string }[]
    ).map(({ id }) => id);

  it('has clocks from the moment on at which it was sent, and no message moves them', async () => {
    order = (await refer(physician, patient, 'SELF-PAY')).referral;
    const names = ['T-ACK', 'T-FIRST', 'T-VALID'];
    for (const name of names) await deadline(order, name);
    const before = await deadlinesOf(order);
    expect(before.map(({ name, whose }) => [name, whose])).toEqual(
      expect.arrayContaining(names.map((name) => [name, 'recipient'])),
    );
    await physician.does(`/api/v1/referrals/${order}/post-message`, { text: 'Any news?' });
    const { body } = await physician.get(`/api/v1/referrals/${order}`);
    expect(body.deadlines).toEqual(before);
    expect(body.nextDue).toMatchObject({ what: 'T-ACK', whose: 'recipient' });
    expect(await late()).not.toContain(order);
  });

  it('is due by the days on which its clinic works', async () => {
    const { body } = await physician.get(`/api/v1/referrals/${order}`);
    const set = (holidays: readonly string[]): Promise<unknown> =>
      coordinator.does(`/api/v1/organizations/${body.recipient.organizationId as string}/set-work-calendar`, {
        weekend: [6, 7],
        holidays,
      });
    const now = new Date().toISOString();
    await set([0, 1, 2, 3, 4, 5, 6, 7].map((days) => instantAfterDays(now, days).slice(0, 10)));
    const { referral } = await refer(physician, patient, 'SELF-PAY');
    const { dueAt } = await deadline(referral, 'T-ACK');
    expect(dueAt.slice(0, 10) > instantAfterDays(`${today()}T12:00:00.000Z`, 8).slice(0, 10)).toBe(true);
    await set([]);
    await physician.does(`/api/v1/referrals/${referral}/withdraw`, { reason: 'For a spec.' });
  });

  it('is told of when its time is over, also where the product was away: the clinic, then the physician', async () => {
    await fascia.crashesUntil(LONG_AFTER);
    await coordinator.isAskedFor('MISSED_DEADLINE', order);
    await physician.isAskedFor('MISSED_DEADLINE', order);
    expect(await late()).toContain(order);
    const { body } = await fascia.as('operator-demo').get('/api/v1/admin/status');
    expect(body.silent.ids).not.toContain(order);
  });

  it('worries nobody any more once somebody accepts it, and all of that can be replayed', async () => {
    await coordinator.does(`/api/v1/referrals/${order}/accept`);
    await coordinator.isNoLongerAskedFor('MISSED_DEADLINE', order);
    await physician.isNoLongerAskedFor('MISSED_DEADLINE', order);
    await deadline(order, 'T-BOOK');
    const { body } = await fascia.as('auditor-demo').get(`/api/v1/audit/streams/deadline-${order}`);
    const ofPickingUp = (body.events as { type: string; data: { name: string } }[]).filter(
      ({ data }) => data.name === 'T-ACK',
    );
    expect(ofPickingUp.map(({ type }) => type)).toEqual(['DeadlineSet', 'DeadlineMissed', 'DeadlineMet']);
  });
});
