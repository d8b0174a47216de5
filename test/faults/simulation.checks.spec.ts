/** Positive controls of what is asked of timers: each mistake is told. */
import { streamOf, uuidFrom, type Envelope } from '@fascia/kernel';
import { draftViolations, timerViolations } from './simulation.checks.js';

const stream = streamOf('process', uuidFrom('spec', 'instance'));
const draft = streamOf('referral', uuidFrom('spec', 'draft'));
const DUE = '2026-05-01T09:00:00.000Z';
const LATER = '2026-05-02T09:00:00.000Z';

const event = (type: string, data: object, occurredAt = LATER, of = stream): Envelope => ({
  type,
  data,
  stream: of,
  occurredAt,
  position: 1n,
  version: 1,
  id: uuidFrom('spec', type),
  recordedAt: occurredAt,
  actor: { sub: 'spec', role: 'system' },
  correlationId: 'c',
  causationId: 'd',
  commandId: 'e',
  requestDigest: 'f',
  schemaVersion: 1,
});
const set = event('TimerSet', { timer: 'T', dueAt: DUE });
const fired = event('TimerFired', { timer: 'T', dueAt: DUE, noted: {} });
const cancelled = event('TimerCancelled', { timer: 'T' });

describe('the check of timers', () => {
  it.each([
    { what: 'fires once it is due', events: [set, fired] },
    { what: 'is taken back', events: [set, cancelled] },
    { what: 'is set again', events: [set, set, fired] },
  ])('has nothing against a timer that $what', ({ events }) => {
    expect(timerViolations(events, LATER)).toEqual([]);
  });

  it('has nothing against one that is not due', () => {
    expect(timerViolations([set], '2026-04-30T09:00:00.000Z')).toEqual([]);
  });

  it.each([
    { what: 'fires twice', events: [set, fired, fired], told: /while it was not set/ },
    {
      what: 'fires although it was taken back',
      events: [set, cancelled, fired],
      told: /while it was not set/,
    },
    {
      what: 'fires before its time',
      events: [set, { ...fired, occurredAt: '2026-04-30T09:00:00.000Z' }],
      told: /before its time/,
    },
    { what: 'never fires', events: [set], told: /never fired/ },
  ])('tells of one that $what', ({ events, told }) => {
    expect(timerViolations(events, LATER)).toEqual([expect.stringMatching(told)]);
  });
});

describe('the check of drafts', () => {
  const drafted = event('ReferralDrafted', {}, DUE, draft);

  it('tells of one that is left', () => {
    expect(draftViolations([drafted])).toHaveLength(1);
  });

  it.each(['ReferralSent', 'ReferralDraftDiscarded'])('has nothing against one after %s', (type) => {
    expect(draftViolations([drafted, event(type, {}, LATER, draft)])).toEqual([]);
  });
});
