/** One person, several records, on the running product: what a merge shows and stops, what undoing it gives back, what a death ends. */
import { until } from '@fascia/testkit';
import { Courses } from './courses.js';
import { Fascia, today } from './harness.js';
import { besideItsDatabase } from './log.js';
import type { Person } from './person.js';

const JOURNEY_MS = 180_000;
const reason = 'The same person.';

describe('records of one person', () => {
  let fascia: Fascia;
  let courses: Courses;
  let physician: Person;
  let clerk: Person;

  const registered = async (): Promise<string> =>
    (
      await physician.does('/api/v1/patients', {
        name: { family: 'Okafor', given: ['Ada'], prefix: [] },
        birthDate: '1980-05-17',
        sexAtBirth: 'female',
        telecom: [],
        address: [],
        interpreter: false,
        identifiers: [],
      })
    ).id as string;

  const diagnosed = (patientId: string): Promise<{ id: string }> =>
    physician.does('/api/v1/diagnoses', {
      patientId,
      code: 'M75.21',
      site: { region: 'shoulder', side: 'right' },
      tissues: ['tendon'],
      dysfunction: 'tendinopathy',
      verification: 'confirmed',
      source: 'clinician',
    }) as Promise<{ id: string }>;

  /** Of the clerk; a later write of the physician's own makes their reads see it. */
  const said = async (patientId: string, command: string, body: object) => {
    const answer = await clerk.insists('POST', `/api/v1/patients/${patientId}/${command}`, body);
    await registered();
    return answer;
  };
  const merge = (from: string, survivorId: string) => said(from, 'merge', { survivorId, reason });

  const listed = async (what: string, patientId: string): Promise<readonly string[]> =>
    ((await physician.get(`/api/v1/${what}?patientId=${patientId}`)).body.items as { id: string }[]).map(
      ({ id }) => id,
    );

  beforeAll(async () => {
    fascia = new Fascia(await besideItsDatabase());
    await fascia.start();
    physician = fascia.as('physician-demo');
    clerk = fascia.as('delegate-demo');
    courses = await Courses.on(fascia);
    const operator = fascia.as('operator-demo');
    const { id, roles } = (await physician.get('/api/v1/practitioners?name=varga')).body.items[0] as {
      id: string;
      roles: { organizationId: string }[];
    };
    const organizationId = roles[0]?.organizationId;
    await operator.does(`/api/v1/practitioners/${id}/end-role`, { role: 'delegate', organizationId });
    await operator.does(`/api/v1/practitioners/${id}/assign-role`, { role: 'records', organizationId });
    const nobody = await registered();
    await until(async () => (await merge(nobody, nobody)).body.code === 'MERGE_SURVIVOR_INVALID', {
      deadlineMs: 60_000,
      message: 'the role to be held',
    });
  }, JOURNEY_MS);

  afterAll(() => fascia.dispose(), JOURNEY_MS);

  it('are proposed to whoever answers for records, and no more when they are said to be of two people', async () => {
    const [one = '', other = ''] = [await registered(), await registered()].toSorted();
    const matches = async (who: Person): Promise<readonly string[]> =>
      ((await who.get(`/api/v1/matches?patientId=${one}&limit=200`)).body.items as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await matches(physician)).toEqual([]);
    const isPair = ({ id }: { id: string }): boolean => id === `${one}/${other}`;
    // What the physician wrote is not of what the clerk has seen.
    const pair = await until(
      async () =>
        (
          (await clerk.get(`/api/v1/matches?patientId=${other}&limit=200`)).body.items as { id: string }[]
        ).find(isPair),
      { deadlineMs: 60_000, message: 'the match to be told' },
    );
    expect(pair).toMatchObject({
      records: [
        { id: one, allowedActions: ['MergePatients', 'DismissMatch'], mergeProposedInto: null },
        { id: other, allowedActions: ['MergePatients'], deceased: false },
      ],
      likeliness: 'likely',
      rules: ['birthDateAndName'],
      parts: [{ part: 'familyName' }, { part: 'givenNames' }, { part: 'birthDate' }, { part: 'sexAtBirth' }],
    });
    expect((await said(other, 'dismiss-match', { otherId: one, reason })).body.code).toBe('MATCH_INVALID');
    expect((await said(one, 'dismiss-match', { otherId: other, reason })).status).toBe(200);
    await until(async () => !(await matches(clerk)).includes(`${one}/${other}`), {
      deadlineMs: 60_000,
      message: 'the match to be told no more',
    });
  });

  it('are one history, from whichever it is asked, and two again when the merge is undone', async () => {
    const [first, second, last] = [await registered(), await registered(), await registered()];
    const [one, other] = [(await diagnosed(first)).id, (await diagnosed(second)).id];
    expect([(await merge(first, second)).status, (await merge(second, last)).status]).toEqual([200, 200]);
    for (const id of [first, second, last])
      expect((await listed('diagnoses', id)).toSorted()).toEqual([one, other].toSorted());
    const { body } = await physician.get(`/api/v1/patients/${last}/timeline`);
    const happened = (body.items as { type: string }[]).map(({ type }) => type);
    expect(happened.filter((type) => type === 'PatientRegistered')).toHaveLength(3);
    expect((await physician.get(`/api/v1/patients/${first}`)).body.mergedInto).toBe(last);
    expect((await physician.get(`/api/v1/patients/${last}`)).body.mergedInto).toBeNull();

    const told = async (of: string) =>
      ((await clerk.get(`/api/v1/merges?patientId=${of}`)).body.items as { id: string }[]).find(
        ({ id }) => id === second,
      );
    const byName = 'Ines Varga';
    expect(await told(second)).toMatchObject({
      record: { id: second, name: 'Ada Okafor' },
      into: { id: last, birthDate: '1980-05-17' },
      state: 'merged',
      merged: { byName, role: 'records', reason },
      undone: null,
      allowedActions: ['UndoMerge'],
    });
    expect((await physician.get('/api/v1/merges')).body.items).toEqual([]);

    const { id: meanwhile } = await diagnosed(last);
    await said(second, 'undo-merge', { reason: 'A twin.' });
    expect(await told(last)).toMatchObject({
      state: 'undone',
      undone: { byName, reason: 'A twin.' },
      allowedActions: [],
    });
    const between = await physician.get(`/api/v1/patients/${last}/timeline?whileMerged=${second}`);
    expect((between.body.items as { subject: { id: string } }[]).map(({ subject }) => subject.id)).toEqual([
      meanwhile,
    ]);
    expect(await listed('diagnoses', last)).toEqual([meanwhile]);
    await said(first, 'undo-merge', { reason: 'A twin.' });
    expect(await listed('diagnoses', first)).toEqual([one]);
    expect(await listed('diagnoses', second)).toEqual([other]);
  });

  it('leave to people what came while they were one, and order nothing before it is said whose it is', async () => {
    const [away, survivor] = [await registered(), await registered()];
    await courses.sentFor(survivor);
    await merge(away, survivor);
    const { id: stays } = await diagnosed(survivor);
    const { id: moves } = await diagnosed(survivor);
    const { id: flag } = (await physician.does('/api/v1/flags', {
      patientId: survivor,
      catalogueId: 'F01',
      source: 'by-hand',
    })) as { id: string };
    await said(away, 'undo-merge', { reason: 'A twin.' });
    const waiting = async (): Promise<readonly string[]> =>
      (
        (await clerk.get(`/api/v1/unassigned-facts?patientId=${away}`)).body.items as { factId: string }[]
      ).map(({ factId }) => factId);
    expect((await waiting()).toSorted()).toEqual([stays, moves, flag].toSorted());
    for (const id of [away, survivor]) {
      expect((await physician.get(`/api/v1/patients/${id}`)).body.unassigned).toBe(3);
      await expect(courses.sentFor(id)).rejects.toThrow('FACTS_UNASSIGNED');
    }
    const { body } = await physician.get(`/api/v1/diagnoses?patientId=${survivor}`);
    const marked = (body.items as { id: string; unassigned: boolean }[]).filter(
      ({ unassigned }) => unassigned,
    );
    expect(marked.map(({ id }) => id).toSorted()).toEqual([stays, moves].toSorted());
    const before = await listed('diagnoses', away);

    const assigned = (category: string, factId: string, assignment: string) =>
      said(away, 'assign-fact', { category, factId, assignment, reason: 'Asked the physician.' });
    expect((await assigned('diagnosis', stays, 'stays')).status).toBe(200);
    expect((await assigned('diagnosis', moves, 'moves')).status).toBe(200);
    expect((await assigned('flag', flag, 'moves')).status).toBe(200);
    await until(async () => (await waiting()).length === 0, {
      deadlineMs: 60_000,
      message: 'what moves to arrive',
    });
    // Of the product; a later write of the physician's own makes their reads see it.
    await registered();
    const theirs = await listed('diagnoses', survivor);
    expect([theirs.includes(stays), theirs.includes(moves)]).toEqual([true, false]);
    expect(await listed('diagnoses', away)).toHaveLength(before.length + 1);
    expect(await listed('flags', survivor)).toEqual([]);
    expect(await listed('flags', away)).toHaveLength(1);
    const gone = await physician.send('POST', `/api/v1/diagnoses/${moves}/refute`, { reason: 'A twin.' });
    expect([gone.status, gone.body.code]).toEqual([409, 'FACT_MOVED']);
    await expect(courses.sentFor(away)).rejects.toThrow('REFERRAL_FLAG_OPEN');
  });

  it('stand in the way of what one of them forbids, in the moment after the merge', async () => {
    const [away, survivor] = [await registered(), await registered()];
    await courses.sentFor(away);
    await physician.does('/api/v1/flags', { patientId: away, catalogueId: 'F01', source: 'by-hand' });
    const check = async () =>
      (
        (await physician.get(`/api/v1/referrals/check?patientId=${survivor}`)).body.findings as {
          code: string;
        }[]
      ).map(({ code }) => code);
    expect(await check()).not.toContain('REFERRAL_FLAG_OPEN');
    expect((await merge(away, survivor)).status).toBe(200);
    await expect(courses.sentFor(survivor)).rejects.toThrow('REFERRAL_FLAG_OPEN');
    expect(await check()).toContain('REFERRAL_FLAG_OPEN');
  });

  it('take nothing new once they were merged away, and name the record to use', async () => {
    const [away, survivor] = [await registered(), await registered()];
    // Who has referred may raise flags.
    await courses.sentFor(away);
    await merge(away, survivor);
    const { body } = await physician.get('/api/v1/practitioners?name=varga');
    const organizationIds = [body.items[0].roles[0].organizationId as string];
    const asked: Readonly<Record<string, object>> = {
      referrals: { patientId: away, content: {} },
      diagnoses: {
        patientId: away,
        code: 'M75.21',
        tissues: [],
        dysfunction: 'tightness',
        verification: 'confirmed',
        source: 'clinician',
      },
      flags: { patientId: away, catalogueId: 'F01', source: 'by-hand' },
      consents: {
        patientId: away,
        purposes: ['TREAT'],
        organizationIds: [],
        from: today(),
        method: 'verbal',
      },
      restrictions: { patientId: away, organizationIds: [], reason: 'Asked.' },
      tasks: {
        taskType: 'GENERAL',
        patientId: away,
        subject: { category: 'patient', id: away },
        assignment: { organizationIds, roles: ['coordinator'] },
        priority: 'routine',
      },
      [`patients/${away}/link-identifier`]: { system: 'urn:mrn', value: '1' },
      [`patients/${away}/record-death`]: { source: 'reported' },
    };
    for (const [path, command] of Object.entries(asked)) {
      const answer = await physician.send('POST', `/api/v1/${path}`, command);
      expect({ path, status: answer.status, code: answer.body.code, survivor: answer.body.about }).toEqual({
        path,
        status: 409,
        code: 'PATIENT_MERGED',
        survivor: { survivorId: survivor },
      });
    }
  });

  it('are merged by two people where care is open on both', async () => {
    const [one, other] = [await registered(), await registered()];
    for (const id of [one, other]) await courses.sentFor(id);
    expect((await merge(one, other)).body.state).toBe('merge-proposed');
    expect((await merge(one, other)).body.code).toBe('MERGE_NEEDS_ANOTHER');
    expect(await listed('referrals', other)).toHaveLength(1);
  });

  it(
    'end their care together when the person dies, and everybody is told',
    async () => {
      const [away, survivor] = [await registered(), await registered()];
      await courses.sentFor(away);
      await merge(away, survivor);
      await physician.does(`/api/v1/patients/${survivor}/record-death`, {
        on: '2026-01',
        source: 'reported',
      });
      const [order = ''] = await listed('referrals', survivor);
      await until(
        async () => (await physician.get(`/api/v1/referrals/${order}`)).body.state === 'Withdrawn',
        { deadlineMs: 60_000, message: 'the referral on the other record to end' },
      );
      const told = async (who: Person): Promise<number> =>
        (
          (await who.get('/api/v1/tasks?limit=200')).body.items as { type: string; subject: { id: string } }[]
        ).filter(({ type, subject }) => type === 'GENERAL' && subject.id === survivor).length;
      for (const who of [physician, fascia.as('coordinator-two-demo')])
        await until(async () => (await told(who)) === 1, {
          deadlineMs: 60_000,
          message: 'a task for each side',
        });
      await expect(courses.sentFor(survivor)).rejects.toThrow('PATIENT_DECEASED');
      expect((await physician.get(`/api/v1/patients/${survivor}`)).body).toMatchObject({
        deceased: true,
        deceasedOn: '2026-01',
      });
      await said(survivor, 'retract-death', { reason: 'Somebody else.' });
      await courses.sentFor(survivor);
    },
    JOURNEY_MS,
  );
});
