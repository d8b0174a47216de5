/** Care that was given is recorded late, labelled as such: what became of the order since keeps nobody from it. */
import { fold } from '@fascia/kernel';
import { gist, given, past } from '@fascia/testkit';
import type { SessionCommand, SessionCommandOf } from '../contract/commands.js';
import { SESSION_CONTRACT, type SessionEvent } from '../contract/events.js';
import type { SessionFacts } from './facts.js';
import {
  COMMANDS,
  decider,
  END,
  FACTS,
  preScreened,
  REFERRAL_FACT,
  SESSION,
  START,
  THERAPIST,
  THERAPIST_FACT,
  type History,
} from './session.scenes.spec-data.js';

const REASON = 'The system was away.';
/** Two days after the visit. */
const NOW = '2026-04-03T15:00:00.000Z';
const ENTER: SessionCommandOf<'ScheduleSession'> = { ...COMMANDS.ScheduleSession, lateReason: REASON };
const ACCEPTED = { ...REFERRAL_FACT, accepted: [{ from: '2026-04-01T09:00:00.000Z' }] };

const asked = (history: History, command: SessionCommand, facts: Partial<SessionFacts> = {}, at = NOW) =>
  given(decider, SESSION_CONTRACT, ...history).when(command, {
    facts: { ...FACTS, referral: ACCEPTED, ...facts },
    by: THERAPIST,
    at,
    id: SESSION,
  });

const entered = (): History => {
  const answer = asked([], ENTER);
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.events.map((event: SessionEvent) => past(event, THERAPIST, NOW));
};

const emergency = { catalogueId: 'F01', urgency: 'emergency', cleared: false };
const over = { ...ACCEPTED, active: false };

describe('a visit that took place and was not recorded', () => {
  it('is entered as one that is under way, with the reason', () => {
    expect(asked([], ENTER)).toMatchObject({
      ok: true,
      events: [{ type: 'SessionEnteredLate', data: { start: START, end: END, reason: REASON } }],
    });
    expect(fold(decider, entered()).stage).toBe('InProgress');
  });

  it.each<[string, Partial<SessionFacts>]>([
    ['the order is on hold, or over', { referral: over }],
    ['a revision waits to be acknowledged', { referral: { ...ACCEPTED, revisionToAcknowledge: true } }],
    [
      'the order went on since, and was accepted then',
      {
        referral: {
          ...over,
          accepted: [{ from: '2026-04-01T09:00:00.000Z', to: '2026-04-02T09:00:00.000Z' }],
        },
      },
    ],
    [
      'the patient withdrew their consent since, or died',
      { person: { deceased: true, elsewhere: false, sharingClosed: true } },
    ],
    ['an emergency was found since', { flags: [emergency] }],
    [
      'the patient is seen elsewhere at that time',
      { person: { deceased: false, elsewhere: true, sharingClosed: false } },
    ],
  ])('is entered also where %s', (_what, facts) => {
    expect(gist(asked([], ENTER, facts))).toEqual(['SessionEnteredLate']);
  });

  it.each<[string, SessionCommand, Partial<SessionFacts>, string]>([
    [
      'under an order that nobody had accepted',
      ENTER,
      { referral: REFERRAL_FACT },
      'SESSION_REFERRAL_NOT_ACTIVE',
    ],
    [
      'long before it was accepted',
      ENTER,
      { referral: { ...ACCEPTED, accepted: [{ from: '2026-04-02T14:00:00.001Z' }] } },
      'SESSION_REFERRAL_NOT_ACTIVE',
    ],
    [
      'after the order had gone on',
      ENTER,
      {
        referral: {
          ...over,
          accepted: [{ from: '2026-03-01T09:00:00.000Z', to: '2026-04-01T13:59:59.999Z' }],
        },
      },
      'SESSION_REFERRAL_NOT_ACTIVE',
    ],
    ['that is to come', { ...ENTER, end: '2026-04-03T15:00:00.001Z' }, {}, 'SESSION_FUTURE'],
    ['of nine hours', { ...ENTER, end: '2026-04-01T23:00:00.001Z' }, {}, 'SESSION_PERIOD_INVALID'],
    [
      'by somebody who had no licence then',
      ENTER,
      { therapist: { ...THERAPIST_FACT, maySign: false } },
      'SESSION_LICENCE_INVALID',
    ],
    [
      'by a profession that may not treat',
      ENTER,
      { therapist: { ...THERAPIST_FACT, taxonomies: ['225700000X'] } },
      'SESSION_PERFORMER_NOT_ALLOWED',
    ],
  ])('is not entered %s', (_what, command, facts, code) => {
    expect(gist(asked([], command, facts))).toBe(code);
  });
});

describe('what was done at it', () => {
  it('is documented, whatever stands against the patient by now', () => {
    const facts = { flags: [emergency], referral: over };
    expect(gist(asked(entered(), COMMANDS.RecordIntervention, facts))).toEqual(['InterventionRecorded']);
    const found = [...entered(), preScreened({ flags: ['F01'] })];
    expect(gist(asked(found, COMMANDS.RecordIntervention, facts))).toEqual(['InterventionRecorded']);
    expect(gist(asked(found, { ...COMMANDS.CompleteSession, totalTreatmentMinutes: 30 }, facts))).toEqual([
      'SessionPerformed',
    ]);
  });

  it('is held against the plan that was in force, and needs one', () => {
    expect(gist(asked(entered(), COMMANDS.RecordIntervention, { plan: undefined }))).toBe('SESSION_NO_PLAN');
  });

  it('is marked as entered late, even if it was soon', () => {
    const answer = asked(entered(), COMMANDS.CompleteSession);
    expect(answer.ok && answer.events[0]?.data).toMatchObject({ complianceFlags: ['LATE_ENTRY'] });
  });

  it('stays that of the day for which it was entered', () => {
    const moved = {
      ...COMMANDS.CompleteSession,
      start: '2026-04-02T14:00:00.001Z',
      end: '2026-04-02T15:00:00.000Z',
    };
    expect(gist(asked(entered(), moved))).toBe('SESSION_PERIOD_INVALID');
  });
});
