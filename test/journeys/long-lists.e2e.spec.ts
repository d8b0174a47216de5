/** Lists and histories of any length, over HTTP: how many there are of each kind, and what is new before what was. */
import { dayOf, endOfDay, instantAfterMs } from '@fascia/clinical/calendar';
import { until } from '@fascia/testkit';
import { multiply, MINUTE_OF_N } from './multiplied.js';
import { somebody, type Person } from './person.js';
import { served, type Served } from './served.js';
import { refer, treatAPatient, type Treated } from './treatment.js';

const REFERRALS = {
  open: 'open=true',
  mine: 'open=true&move=mine',
  theirs: 'open=true&move=theirs',
  late: 'open=true&late=true',
  closed: 'open=false',
};
const TASKS = { inbox: 'view=inbox', pool: 'view=pool', today: 'view=today', late: 'view=late' };

interface Item {
  readonly id: string;
  readonly start: string;
  readonly recordedAt: string;
  readonly dueAt?: string | null;
}

interface Entry {
  readonly id: string;
  readonly kind: string;
}

interface Page {
  readonly items: readonly Item[];
  readonly next: string | null;
  readonly counts?: Readonly<Record<string, number>> | null;
}

const MOST_PAGES = 100;

const pageOf = async (person: Person, at: string): Promise<Page> => {
  const { status, body } = await person.get(`/api/v1/${at}`);
  expect([at, status]).toEqual([at, 200]);
  return body as Page;
};

/** @param at with a filter at least */
const wholeOf = async (person: Person, at: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let cursor = '';
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await pageOf(person, `${at}&limit=50${cursor}`);
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = `&cursor=${page.next}`;
  }
  throw new Error('the list does not end');
};

const lengthsOf = async (person: Person, list: string, kinds: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(kinds).map(
        async ([kind, asked]) => [kind, (await wholeOf(person, `${list}?${asked}`)).length] as const,
      ),
    ),
  );

describe('lists and histories of any length', () => {
  let api: Served;
  let ids: Treated;

  const as = (name: string): Person => api.fascia.as(name);

  beforeAll(async () => {
    api = await served();
    ids = await treatAPatient(api.fascia);
  });

  afterAll(() => api.dispose());

  it.each(['physician-demo', 'delegate-demo', 'coordinator-demo', 'therapist-demo'])(
    'say of referrals and tasks how many %s finds in each view',
    async (name) => {
      const person = as(name);
      const alike = async (list: string, asked: string, kinds: Readonly<Record<string, string>>) => {
        const said = (await pageOf(person, `${list}?${asked}&counted=true&limit=1`)).counts;
        const found = await lengthsOf(person, list, kinds);
        return JSON.stringify(said) === JSON.stringify(found);
      };
      const settled = { message: 'what is counted to be what is found' };
      // Care is still being coordinated: something may be asked of somebody between two questions.
      await until(() => alike('referrals/mine', 'open=false', REFERRALS), settled);
      await until(() => alike('tasks', 'view=pool', TASKS), settled);
    },
  );

  it('say what is due before the day ends where the organisation is', async () => {
    const coordinator = as('coordinator-demo');
    const { organizationId } = (await coordinator.get('/api/v1/me')).body.actingAs as {
      organizationId: string;
    };
    const { items } = (await coordinator.get('/api/v1/organizations')).body as {
      items: { id: string; timeZone: string }[];
    };
    const zone = items.find(({ id }) => id === organizationId)?.timeZone ?? '';
    expect(zone).toBe('America/New_York');
    const [task] = await wholeOf(coordinator, 'tasks?view=inbox');
    const end = endOfDay(dayOf(new Date().toISOString(), zone), zone);
    const due = { today: end, tomorrow: instantAfterMs(end, 1) };
    for (const at of Object.values(due))
      await multiply(api.pool, {
        table: 'task',
        id: task?.id ?? '',
        times: 1,
        but: { due_at: `'${at}'`, practitioner_id: 'null::text' },
      });
    const dueAt = async (view: string) =>
      (await wholeOf(coordinator, `tasks?view=${view}`)).map((one) => one.dueAt);
    expect(await dueAt('inbox')).toEqual(expect.arrayContaining([due.today, due.tomorrow]));
    expect(await dueAt('today')).toContain(due.today);
    expect(await dueAt('today')).not.toContain(due.tomorrow);
    expect((await dueAt('today')).every((one) => one !== null && one !== undefined && one <= end)).toBe(true);
  });

  it('count what the caller may see, and nothing where nobody asks', async () => {
    const [physician, clinic] = await Promise.all(
      ['physician-demo', 'coordinator-demo'].map((name) => pageOf(as(name), 'referrals/mine?counted=true')),
    );
    expect(physician?.counts?.['open']).toBeGreaterThan(1);
    expect(clinic?.counts).not.toEqual(physician?.counts);
    expect((await pageOf(as('physician-demo'), 'referrals/mine?open=true')).counts).toBeNull();
    expect((await as('physician-demo').get('/api/v1/referrals?counted=true')).status).toBe(422);
  });

  it('count among what is asked for', async () => {
    const at = `sessions?referralId=${ids.referral}`;
    const signed = await wholeOf(as('therapist-demo'), `${at}&state=Signed`);
    expect(signed.length).toBeGreaterThan(0);
    const { items, counts } = await pageOf(as('therapist-demo'), `${at}&counted=true&limit=1`);
    expect(items).toHaveLength(1);
    expect(counts).toEqual({ signed: signed.length });
  });

  it('tell of a referral what was said last, and the rest part by part to whoever may see it', async () => {
    const physician = as('physician-demo');
    const path = `/api/v1/referrals/${ids.referral}`;
    const before = (await physician.get(path)).body as { thread: Item[]; saidEarlier: boolean };
    expect(before.saidEarlier).toBe(false);
    const all = await wholeOf(physician, `referrals/${ids.referral}/thread?`);
    expect(all.map(({ id }) => id).toReversed()).toEqual(before.thread.map(({ id }) => id));

    const last = before.thread.at(-1)?.id ?? '';
    await multiply(api.pool, {
      table: 'referral_thread',
      id: last,
      times: 120,
      but: { ordinal: '1000 + n' },
    });
    const after = (await physician.get(path)).body as { thread: Item[]; saidEarlier: boolean };
    expect(after.saidEarlier).toBe(true);
    expect(after.thread).toHaveLength(50);
    const whole = await wholeOf(physician, `referrals/${ids.referral}/thread?`);
    expect(whole).toHaveLength(before.thread.length + 120);
    expect(whole.slice(0, 50).map(({ id }) => id)).toEqual(after.thread.map(({ id }) => id).toReversed());
    const stranger = await as('coordinator-two-demo').get(`${path}/thread`);
    expect(stranger.status).toBe(404);
  });

  it('show a question that waits for its answer, however much was said since', async () => {
    const [physician, coordinator] = [as('physician-demo'), as('coordinator-demo')];
    const { id: patient } = (await physician.does('/api/v1/patients', somebody('Marek'))) as Entry;
    const { referral } = await refer(physician, patient, 'SELF-PAY');
    const path = `/api/v1/referrals/${referral}`;
    await coordinator.does(`${path}/acknowledge-receipt`);
    await coordinator.does(`${path}/request-information`, {
      questions: [{ questionId: 'q1', text: 'Which knee?', mandatory: true }],
    });
    await coordinator.does(`${path}/post-message`, { text: 'As soon as you can.' });
    const threadOf = async () => ((await coordinator.get(path)).body as { thread: Entry[] }).thread;
    const last = (await threadOf()).at(-1)?.id ?? '';
    await multiply(api.pool, { table: 'referral_thread', id: last, times: 60, but: { ordinal: '1000 + n' } });
    const waiting = await threadOf();
    expect(waiting.map(({ kind }) => kind)).toEqual(['questions', ...waiting.slice(1).map(() => 'message')]);
    expect(waiting).toHaveLength(51);
    await physician.does(`${path}/supply-information`, {
      answers: [{ questionId: 'q1', text: 'The left.' }],
    });
    // The clinic does not read what the physician wrote as its own: it comes to it a moment later.
    await until(async () => !(await threadOf()).some(({ kind }) => kind === 'questions'), {
      message: 'the answered question to be gone',
    });
  });

  it('give the latest first where that is asked, over as many pages', async () => {
    const therapist = as('therapist-demo');
    await multiply(api.pool, {
      table: 'session',
      id: ids.session,
      times: 120,
      but: { start_at: MINUTE_OF_N },
    });
    const at = `sessions?referralId=${ids.referral}`;
    const usual = await wholeOf(therapist, at);
    expect(usual.length).toBeGreaterThan(120);
    expect(usual.map(({ start }) => start)).toEqual(usual.map(({ start }) => start).toSorted());
    const turned = await wholeOf(therapist, `${at}&latestFirst=true`);
    expect(turned).toEqual(usual.toReversed());
  });

  it('give of each kind of measurement its beginning and what is new, where that is asked', async () => {
    const therapist = as('therapist-demo');
    const at = `assessments?referralId=${ids.referral}`;
    const before = await wholeOf(therapist, at);
    expect(await wholeOf(therapist, `${at}&brief=true`)).toEqual(before);
    await multiply(api.pool, {
      table: 'assessment',
      id: ids.assessment,
      times: 120,
      but: { recorded_at: MINUTE_OF_N },
    });
    const all = await wholeOf(therapist, at);
    const brief = await wholeOf(therapist, `${at}&brief=true`);
    expect(all).toHaveLength(before.length + 120);
    expect(brief.length).toBeLessThanOrEqual(before.length + 20);
    expect(brief[0]).toEqual(all[0]);
    expect(all.slice(-20).every(({ id }) => brief.some((one) => one.id === id))).toBe(true);
  });
});
