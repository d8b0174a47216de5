import { streamOf, type Envelope } from '@fascia/kernel';
import { DEADLINE_CONTRACT, type DeadlineEvent } from '../contract/events.js';
import { deadlineModel, nextOf, type DeadlineRow } from './model.js';

const ORDER = '00000000-0000-4000-8000-000000000001';
const FACT = '00000000-0000-4000-8000-000000000003';
const DAY = '2026-04-03T13:00:00.000Z';
const LATER = '2026-04-29T13:00:00.000Z';
const SAME = { at: '2026-04-02T13:00:00.000Z', sourceEventId: FACT };

const set = (name: 'T-ACK' | 'T-FIRST', dueAt: string): DeadlineEvent => ({
  type: 'DeadlineSet',
  data: {
    name,
    referralId: ORDER,
    side: 'recipient',
    organizationIds: [FACT],
    priority: 'routine',
    startedAt: SAME.at,
    dueAt,
    zone: 'UTC',
    policy: '2026.1',
    sourceEventId: FACT,
  },
});

const rowAfter = (first: DeadlineEvent, ...others: readonly DeadlineEvent[]): DeadlineRow => {
  const fold = (row: DeadlineRow | undefined, event: DeadlineEvent, n: number): DeadlineRow => {
    DEADLINE_CONTRACT[event.type].schema.parse(event.data);
    const stream = streamOf('deadline', ORDER);
    return deadlineModel.fold(
      row,
      { ...event, stream, version: n + 1 } as Envelope<DeadlineEvent>,
      ORDER,
    ) as DeadlineRow;
  };
  return others.reduce((row, event, n) => fold(row, event, n + 1), fold(undefined, first, 0));
};

describe('the row of deadlines of an order', () => {
  it('knows what ends first, and whose it is', () => {
    const { deadlines, next_due_at } = rowAfter(set('T-FIRST', LATER), set('T-ACK', DAY));
    expect(next_due_at).toBe(DAY);
    expect(nextOf(deadlines)).toMatchObject({ name: 'T-ACK', side: 'recipient', dueAt: DAY });
  });

  it.each<[string, DeadlineEvent[], string | null]>([
    [
      'that stands still is due at no time',
      [{ type: 'DeadlinePaused', data: { name: 'T-ACK', ...SAME } }],
      null,
    ],
    [
      'that goes on is due later',
      [
        { type: 'DeadlinePaused', data: { name: 'T-ACK', ...SAME } },
        { type: 'DeadlineResumed', data: { name: 'T-ACK', dueAt: LATER, ...SAME } },
      ],
      LATER,
    ],
    [
      'that was missed is waited for still',
      [{ type: 'DeadlineMissed', data: { name: 'T-ACK', dueAt: DAY } }],
      DAY,
    ],
    ['that was met is gone', [{ type: 'DeadlineMet', data: { name: 'T-ACK', dueAt: DAY, ...SAME } }], null],
    ['that was called off is gone', [{ type: 'DeadlineCalledOff', data: { name: 'T-ACK', ...SAME } }], null],
    ['that is set anew is due anew', [set('T-ACK', LATER)], LATER],
  ])('shows that a deadline %s', (_what, events, dueAt) => {
    expect(rowAfter(set('T-ACK', DAY), ...events).next_due_at).toBe(dueAt);
  });
});
