import type { Envelope, Fact } from '@fascia/kernel';
import type { SessionEvent } from '../../contract/events.js';
import { STAGES } from '../../contract/lifecycle.js';
import {
  ARRIVED,
  performed,
  preScreened,
  SCENES,
  scheduled,
  START,
  END,
  type History,
} from '../../domain/session.scenes.spec-data.js';
import { firstTreatmentOf, sessionCareOf } from '../lookups.js';
import { sessionModel, type SessionRow } from './model.js';

const ID = '00000000-0000-4000-8000-000000000050';

const envelope = ({ type, data, id, at, by }: Fact<SessionEvent>, version: number): Envelope => ({
  type,
  data,
  id,
  occurredAt: at,
  recordedAt: at,
  actor: by,
  stream: `session-${ID}`,
  version,
  position: BigInt(version),
  schemaVersion: 1,
  correlationId: id,
  causationId: id,
  commandId: id,
  requestDigest: '',
});

const rowOf = (history: History): SessionRow | undefined =>
  history.reduce<{ id: string } | undefined>(
    (row, fact, index) => sessionModel.fold(row, envelope(fact, index + 1), ID),
    undefined,
  ) as SessionRow | undefined;

describe('the row of a session', () => {
  it.each(STAGES.filter((stage) => stage !== 'none'))('shows the stage %s', (stage) => {
    const row = rowOf(SCENES[stage]);
    expect(row).toMatchObject({ stage, version: SCENES[stage].length });
    expect(Object.keys(row ?? {}).toSorted()).toEqual(Object.keys(sessionModel.columns).toSorted());
  });

  it('does not begin in the middle', () => {
    expect(rowOf([performed()])).toBeUndefined();
  });

  it('shows what took place instead of what was booked', () => {
    const row = rowOf([...SCENES.InProgress, performed({ start: '2026-04-01T14:10:00.000Z' })]);
    expect(row).toMatchObject({
      start_at: '2026-04-01T14:10:00.000Z',
      end_at: END,
      treated_at: '2026-04-01T14:10:00.000Z',
      minutes: { timed: 30, treatment: 45 },
    });
  });

  it('counts a stopped session as treatment only when something was done', () => {
    expect(rowOf(SCENES.Stopped)?.treated_at).toBe(START);
    const [stop] = SCENES.Stopped.slice(-1);
    expect(rowOf([...ARRIVED, preScreened(), ...(stop === undefined ? [] : [stop])])?.treated_at).toBeNull();
    expect(rowOf(SCENES.InProgress)?.treated_at).toBeNull();
  });

  it('shows who cancelled, how late and why', () => {
    expect(rowOf(SCENES.Cancelled)?.cancelled).toEqual({ by: 'patient', noticeHours: 5, reason: 'A cold.' });
  });

  it('shows who signed, with what profession, and what was added since', () => {
    const amended: Fact<SessionEvent> = {
      ...scheduled(),
      type: 'SessionAmended',
      data: {
        text: 'Ice.',
        reason: 'Forgotten.',
        signature: { practitionerId: ID, at: START },
        credential: 'PT (CA)',
      },
    };
    expect(rowOf([...SCENES.Signed, amended])).toMatchObject({
      stage: 'Signed',
      credential: 'PT (CA)',
      amendments: [{ text: 'Ice.', reason: 'Forgotten.', at: START, by: ID }],
    });
  });
});

describe('how far care has come', () => {
  const answering = (rows: readonly object[]) => ({
    query: <T extends object>() => Promise.resolve(rows as readonly T[]),
  });

  it('counts what is under way, unsigned, and not ended', async () => {
    const rows = STAGES.map((stage) => ({ id: stage, stage }));
    expect(await sessionCareOf(ID, ID).run(answering(rows))).toEqual({
      inProgress: 1,
      performedUnsigned: 1,
      notEnded: 3,
      upcoming: ['Scheduled', 'CheckedIn', 'InProgress'],
    });
  });

  it('knows no first treatment before there is one', async () => {
    expect(await firstTreatmentOf(ID).run(answering([{ first: null }]))).toBeUndefined();
    expect(await firstTreatmentOf(ID).run(answering([{ first: '2026-04-01' }]))).toBe('2026-04-01');
  });
});
