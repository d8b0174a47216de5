import {
  OutcomeUnknown,
  StoreUnavailable,
  streamOf,
  uuidFrom,
  type Actor,
  type Envelope,
  type NewEvent,
  type StreamName,
} from '@fascia/kernel';
import type { Access, Occasion } from '@fascia/read-store';
import { memorySubjectKeys } from '@fascia/sealing';
import { copiedLog, FlakyStore, newRequest, SetClock, STORES, until, type OpenStore } from '@fascia/testkit';
import { makeCodec } from '@fascia/write-door';
import { ACCESS_CONTRACT, type AccessEvent } from '../contract/events.js';
import { AccessRecorder } from './access-recorder.js';

const PHYSICIAN: Actor = {
  sub: 'physician',
  role: 'physician',
  organizationId: uuidFrom('spec', 'practice'),
  practitionerId: uuidFrom('spec', 'p1'),
};
const AUDITOR: Actor = { sub: 'auditor', role: 'auditor' };
const patient = (n: number): string => uuidFrom('spec', 'patient', String(n));
const ON: Occasion = { route: 'GET /api/v1/patients/:id' };
const looked = (n: number, by: Actor = PHYSICIAN): Access => ({
  kind: 'read',
  by,
  on: ON,
  patientIds: [patient(n)],
  resource: `read-${n}`,
  policy: 'read.referrer',
});

const resourceOf = ({ data }: Envelope<AccessEvent>): string => ('resource' in data ? data.resource : '');

describe.each(STORES)('access records on $name', ({ open }) => {
  const codec = makeCodec([ACCESS_CONTRACT], memorySubjectKeys());
  let opened: OpenStore;
  let store: FlakyStore;
  let clock: SetClock;
  let logged: string[];
  let after = 0n;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    store = new FlakyStore(opened.store);
    clock = new SetClock();
    logged = [];
    after = (await store.head()).position;
  });

  const recorder = (queueLimit?: number, lookEveryMs = 2_000): AccessRecorder =>
    new AccessRecorder({
      store,
      lookEveryMs,
      codec,
      clock,
      subjectOf: ({ objectId }) => (objectId === undefined ? undefined : streamOf('referral', objectId)),
      log: (what) => {
        logged.push(what);
      },
      ...(queueLimit === undefined ? {} : { queueLimit }),
    });

  const records = async (): Promise<readonly Envelope<AccessEvent>[]> =>
    Promise.all(
      (await store.readAll(after, 5_000)).map(
        async (stored) => (await codec.decode(stored)) as Envelope<AccessEvent>,
      ),
    );

  const resources = async (): Promise<readonly string[]> => (await records()).map(resourceOf);
  /** What it says is no matter: whom it is about stands in its metadata. */
  const eventAbout = (patientId: string, stream: StreamName): Promise<NewEvent> =>
    codec.encode({
      stream,
      version: 1,
      id: uuidFrom('spec', 'event', patientId),
      event: {
        type: 'PatientDataQueried',
        data: {
          who: { sub: 'spec', role: 'system' },
          route: 'spec',
          objectId: null,
          purpose: 'TREAT',
          patientIds: [patientId],
          resource: 'spec',
        },
      },
      metadata: {
        occurredAt: '2026-04-01T09:00:00.000Z',
        actor: PHYSICIAN,
        patientId,
        correlationId: patientId,
        causationId: patientId,
        commandId: patientId,
        requestDigest: patientId,
      },
    });
  const upTo = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `read-${n}`);

  it('say who saw what of whom, why and by which policy', async () => {
    const recording = recorder();
    recording.record(looked(1));
    recording.record(looked(2, AUDITOR));
    await recording.flush();
    expect((await records()).map(({ type, occurredAt, data }) => ({ type, occurredAt, data }))).toEqual([
      {
        type: 'PatientDataRead',
        occurredAt: '2026-04-01T09:00:00.000Z',
        data: {
          who: PHYSICIAN,
          route: ON.route,
          objectId: null,
          patientIds: [patient(1)],
          resource: 'read-1',
          purpose: 'TREAT',
          basis: 'read.referrer',
        },
      },
      {
        type: 'PatientDataRead',
        occurredAt: '2026-04-01T09:00:00.000Z',
        data: {
          who: { sub: 'auditor', role: 'auditor' },
          route: ON.route,
          objectId: null,
          patientIds: [patient(2)],
          resource: 'read-2',
          purpose: 'HCOMPL',
          basis: 'read.referrer',
        },
      },
    ]);
  });

  it('say of a request that was refused what it named, whose that is, and with what', async () => {
    const [known, invented] = [uuidFrom('spec', 'known'), uuidFrom('spec', 'invented')];
    await store.append({
      stream: streamOf('referral', known),
      expectedVersion: 0,
      commandId: known,
      requestDigest: known,
      events: [await eventAbout(patient(7), streamOf('referral', known))],
    });
    after = (await store.head()).position;
    const recording = recorder();
    const refusal = { kind: 'denied', by: PHYSICIAN, patientIds: [patient(1)], code: 'NOT_FOUND' } as const;
    recording.record({ ...refusal, on: { ...ON, objectId: known, purpose: 'ETREAT' } });
    recording.record({ ...refusal, on: { ...ON, objectId: invented }, patientIds: [] });
    recording.record({ ...refusal, kind: 'refused', on: ON, code: 'REFERRAL_DUPLICATE' });
    recording.record({ kind: 'queried', by: PHYSICIAN, on: ON, patientIds: [patient(3)], resource: 'plan' });
    await recording.flush();
    expect((await records()).map(({ type, data }) => ({ type, data }))).toMatchObject([
      {
        type: 'AccessDenied',
        data: {
          patientIds: [patient(1), patient(7)],
          objectId: known,
          purpose: 'ETREAT',
          code: 'NOT_FOUND',
        },
      },
      { type: 'AccessDenied', data: { patientIds: [], objectId: invented, purpose: 'TREAT' } },
      { type: 'RequestRefused', data: { patientIds: [patient(1)], code: 'REFERRAL_DUPLICATE' } },
      { type: 'PatientDataQueried', data: { patientIds: [patient(3)], resource: 'plan' } },
    ]);
  });

  it('are one for every read, in order, in one stream, without anybody asking for it', async () => {
    const recording = recorder();
    for (let n = 0; n < 450; n += 1) recording.record(looked(n));
    await until(() => recording.waiting === 0, { message: 'the records to be stored' });
    const found = await records();
    expect(found.map(resourceOf)).toEqual(upTo(450));
    expect(new Set(found.map(({ stream }) => stream)).size).toBe(1);
    expect(found.map(({ version }) => version)).toEqual(Array.from({ length: 450 }, (_, n) => n + 1));
  });

  it('of two processes are in two streams', async () => {
    const [one, other] = [recorder(), recorder()];
    one.record(looked(1));
    other.record(looked(2));
    await Promise.all([one.flush(), other.flush()]);
    expect(new Set((await records()).map(({ stream }) => stream)).size).toBe(2);
  });

  it('are all there when a flush is over, also those that another flush had begun with', async () => {
    const recording = recorder();
    const flushes: Promise<void>[] = [];
    for (let n = 0; n < 30; n += 1) {
      recording.record(looked(n));
      if (n % 3 === 0) flushes.push(recording.flush());
    }
    await recording.flush();
    expect(await resources()).toEqual(upTo(30));
    await Promise.all(flushes);
    expect(await resources()).toEqual(upTo(30));
  });

  it('of whole pages of patients are stored, however many there are', async () => {
    const recording = recorder();
    const page = Array.from({ length: 200 }, (_, n) => patient(n));
    for (let n = 0; n < 200; n += 1) recording.record({ ...looked(n), patientIds: page });
    await recording.flush();
    expect(await resources()).toEqual(upTo(200));
  });

  describe('while the store is away', () => {
    it('wait, and are stored in order once it is back', async () => {
      const recording = recorder();
      store.breakOn(() => 'before');
      for (let n = 0; n < 5; n += 1) recording.record(looked(n));
      await until(() => logged.includes('access records wait for the store'), {
        message: 'the store to be missed',
      });
      for (let n = 5; n < 10; n += 1) recording.record(looked(n));
      expect(await resources()).toEqual([]);
      store.breakOn(() => undefined);
      await until(() => recording.waiting === 0, { message: 'the records to be stored' });
      expect(await resources()).toEqual(upTo(10));
    });

    it('refuse further reads when no more can be kept, and lose none of those before', async () => {
      const recording = recorder(3);
      store.breakOn(() => 'before');
      for (let n = 0; n < 3; n += 1) recording.record(looked(n));
      expect(() => {
        recording.record(looked(3));
      }).toThrow(StoreUnavailable);
      await expect(recording.flush()).rejects.toBeInstanceOf(StoreUnavailable);
      expect(recording.waiting).toBe(3);
      store.breakOn(() => undefined);
      await recording.flush();
      recording.record(looked(3));
      await recording.flush();
      expect(await resources()).toEqual(upTo(4));
    });
  });

  describe('whose storing was not answered', () => {
    it('are not stored twice, whatever was recorded meanwhile', async () => {
      const recording = recorder();
      store.breakOn((append) => (append === 1 ? 'after' : undefined));
      for (let n = 0; n < 3; n += 1) recording.record(looked(n));
      await expect(recording.flush()).rejects.toBeInstanceOf(OutcomeUnknown);
      for (let n = 3; n < 8; n += 1) recording.record(looked(n));
      await recording.flush();
      expect(await resources()).toEqual(upTo(8));
      expect(recording.waiting).toBe(0);
    });

    it('are not stored twice when every second answer is lost', async () => {
      const recording = recorder();
      store.breakOn((append) => (append % 2 === 1 ? 'after' : undefined));
      for (let n = 0; n < 1_000; n += 1) recording.record(looked(n));
      await until(
        () =>
          recording.flush().then(
            () => true,
            () => false,
          ),
        { message: 'everything to be stored' },
      );
      expect(await resources()).toEqual(upTo(1_000));
    });
  });

  describe('in a log that is another one', () => {
    it('go on in a new stream when somebody else has written to theirs', async () => {
      const recording = recorder();
      recording.record(looked(0));
      await recording.flush();
      const [first] = await records();
      if (first === undefined) throw new Error('one was stored');
      await store.append(newRequest({ stream: first.stream, expectedVersion: 1 }));
      after = (await store.head()).position;
      for (let n = 1; n < 5; n += 1) recording.record(looked(n));
      await recording.flush();
      expect(recording.waiting).toBe(0);
      expect(await resources()).toEqual(upTo(5).slice(1));
      expect((await records()).map(({ stream }) => stream)).not.toContain(first.stream);
    });

    it('are there once when they were stored, and their stream is said to be elsewhere', async () => {
      const recording = recorder();
      store.breakOn((append) => (append === 1 ? 'after' : undefined));
      for (let n = 0; n < 3; n += 1) recording.record(looked(n));
      await expect(recording.flush()).rejects.toBeInstanceOf(OutcomeUnknown);
      const append = store.append.bind(store);
      store.append = () => {
        store.append = append;
        return Promise.resolve({ kind: 'conflict', actual: 3 });
      };
      await recording.flush();
      recording.record(looked(3));
      await recording.flush();
      expect(await resources()).toEqual(upTo(4));
    });

    it.each([
      { when: 'as more come', more: 1 },
      { when: 'while nobody looks', more: 0 },
    ])('are stored again, as of their time, when the log lost its end $when', async ({ more }) => {
      const recording = recorder(undefined, 50);
      for (let n = 0; n < 3; n += 1) recording.record(looked(n));
      await recording.flush();
      const kept = (await store.head()).position;
      clock.advance(1_000);
      for (let n = 3; n < 6; n += 1) recording.record(looked(n));
      await recording.flush();
      const told = async () =>
        (await records()).map((record) => `${resourceOf(record)} ${record.occurredAt}`);
      const before = await told();
      clock.advance(1_000);
      store.become(await copiedLog(opened.store, { upTo: kept }));
      after = (await store.head()).position - 3n;
      expect(await resources()).toEqual(upTo(3));
      for (let n = 6; n < 6 + more; n += 1) recording.record(looked(n));
      await until(async () => (await resources()).length >= 6 + more, { message: 'what was lost' });
      await recording.stop();
      expect((await told()).toSorted().slice(0, 6)).toEqual(before);
      expect((await resources()).toSorted()).toEqual(upTo(6 + more));
    });
  });

  it('are stored before their process is gone, also when the store comes back only then', async () => {
    const recording = recorder();
    store.breakOn((append) => (append <= 3 ? 'before' : undefined));
    for (let n = 0; n < 3; n += 1) recording.record(looked(n));
    await recording.stop();
    expect(await resources()).toEqual(upTo(3));
  });
});
