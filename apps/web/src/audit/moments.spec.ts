import type { CaseHistory } from '@fascia/audit';
import { knownAt, lookedIn } from './addressed.js';
import { beginOf, endOf } from './days.js';
import { causeOf, indexAt, isLate, momentsOf, spelled, standingAfter } from './moments.js';

type Event = CaseHistory['events'][number];

const at = (minute: number): string => new Date(Date.UTC(2026, 3, 1, 9, minute)).toISOString();

const event = (id: string, minute: number, more: Partial<Event> = {}): Event => ({
  position: '1',
  version: 1,
  id,
  type: 'ReferralSent',
  occurredAt: at(minute),
  recordedAt: at(minute),
  actor: { sub: 'somebody', role: 'physician' },
  commandId: 'c',
  correlationId: 'c',
  causationId: 'c',
  data: {},
  digest: '',
  stream: 'referral-1',
  stage: 'Sent',
  byName: null,
  reason: null,
  ...more,
});

describe('the moments of a case', () => {
  const moments = [at(1), at(5), at(9)];

  it('are those at which something was recorded, each once', () => {
    expect(momentsOf([event('a', 1), event('b', 1), event('c', 5)])).toEqual([at(1), at(5)]);
  });

  it.each([
    ['what is not said', undefined, 2],
    ['one of them', at(5), 1],
    ['a time between two', at(7), 1],
    ['a time after all', at(30), 2],
    ['a time before all', at(0), -1],
  ])('are found by %s', (_what, moment, index) => {
    expect(indexAt(moments, moment)).toBe(index);
  });

  it('are named in the address, and nothing else is', () => {
    expect(knownAt({ at: '2026-04-01T09:05:00Z', name: 'x' })).toEqual({ at: at(5) });
    expect(knownAt({ at: 'yesterday' })).toEqual({});
  });
});

describe('what an auditor reads of an event', () => {
  it('is where its stream stood after it: the last of each', () => {
    const events = [
      event('a', 1),
      event('b', 2, { stream: 'task-1', stage: 'offered' }),
      event('c', 3, { stage: 'Accepted' }),
    ];
    expect(standingAfter(events).map(({ stream, last }) => [stream, last.stage])).toEqual([
      ['referral-1', 'Accepted'],
      ['task-1', 'offered'],
    ]);
  });

  it('is what it followed from, where that is part of the case', () => {
    const [first, second] = [event('a', 1), event('b', 2, { causationId: 'a' })];
    expect(causeOf([first, second], second)).toBe(first);
    expect(causeOf([first, second], first)).toBeUndefined();
    expect(
      causeOf([event('s', 1, { causationId: 's' })], event('s', 1, { causationId: 's' })),
    ).toBeUndefined();
  });

  it('is that it was recorded late', () => {
    expect(isLate(event('a', 5, { occurredAt: at(4) }))).toBe(false);
    expect(isLate(event('a', 5, { occurredAt: at(-90) }))).toBe(true);
  });

  it('is what its code says', () => {
    expect(spelled('ReferralSent')).toBe('Referral sent');
    expect(spelled('nothing-shown')).toBe('Nothing shown');
  });
});

describe('which looks are shown', () => {
  it('is what the address says of ids, outcomes and days', () => {
    const id = '0b9d5c0e-5b0e-4d3c-9c55-5f0c2d1a7b11';
    expect(lookedIn({ by: id, of: 'Okonjo', outcome: 'denied', from: '2026-04-01', to: 'x' })).toEqual({
      by: id,
      outcome: 'denied',
      from: '2026-04-01',
    });
    expect(lookedIn({ outcome: 'seen' })).toEqual({});
  });

  it('is whole days where the reader is', () => {
    expect(Date.parse(endOf('2026-04-01'))).toBe(Date.parse(beginOf('2026-04-02')));
  });
});
