/** What is seen becomes a flag, and what a flag stops. */
import { instantAfterMs, MINUTE_MS } from '@fascia/clinical/calendar';
import type { EventNamed } from '../process.js';
import { happening, NOW, PATIENT, REFERRAL, subjectId } from './samples.spec-data.js';
import { stopOnRedFlag } from './stop-on-red-flag.process.js';
import { Story } from './story.spec-data.js';

const [FLAG, SESSION] = [subjectId('flag'), subjectId('session')];

const HELD = {
  category: 'referral',
  id: REFERRAL,
  command: { type: 'HoldReferral', reason: 'A red flag was raised.', flagId: FLAG },
};
const STOPPED = {
  category: 'session',
  id: SESSION,
  command: { type: 'StopSession', reason: 'A red flag was raised.', flagId: FLAG },
};

describe('stop on a red flag', () => {
  it('raises one flag for each sign of a pre-screen, each with an id of its own that repeats', () => {
    const story = new Story(stopOnRedFlag);
    const event = happening('PreScreenRecorded', { flags: ['F01', 'F02'] });
    const raised = story.take(event);
    expect(raised.map(({ command }) => command)).toEqual(
      ['F01', 'F02'].map((catalogueId) => ({
        type: 'RaiseFlag',
        referralId: REFERRAL,
        sessionId: SESSION,
        catalogueId,
        source: 'pre-screen',
        patientId: PATIENT,
      })),
    );
    expect(new Set(raised.map(({ id }) => id)).size).toBe(2);
    expect(story.take(event).map(({ id }) => id)).toEqual(raised.map(({ id }) => id));
  });

  it('raises none after a pre-screen without a sign', () => {
    expect(new Story(stopOnRedFlag).on('PreScreenRecorded', { flags: [] })).toEqual([]);
  });

  it('holds the referral at an emergency, and at nothing less', () => {
    const story = new Story(stopOnRedFlag);
    expect(story.on('RedFlagRaised', { urgency: 'urgent' })).toEqual([]);
    expect(story.on('RedFlagRaised', { urgency: 'emergency' })).toEqual([HELD]);
  });

  it('does nothing by itself when the flag is cleared', () => {
    const story = new Story(stopOnRedFlag);
    story.on('RedFlagRaised', { urgency: 'emergency' });
    expect(story.on('RedFlagCleared')).toEqual([]);
  });
});

describe('an emergency in the middle of a visit', () => {
  const emergency = { urgency: 'emergency' } as const;

  it('stops the visit, and holds the referral', () => {
    const story = new Story(stopOnRedFlag);
    story.on('SessionStarted');
    expect(story.on('RedFlagRaised', emergency)).toEqual([STOPPED, HELD]);
  });

  it.each(['SessionPerformed', 'SessionStopped'] as const)('stops none that has ended: %s', (end) => {
    const story = new Story(stopOnRedFlag);
    story.on('SessionStarted');
    story.on(end);
    expect(story.on('RedFlagRaised', emergency)).toEqual([HELD]);
  });

  it('is nothing less', () => {
    const story = new Story(stopOnRedFlag);
    story.on('SessionStarted');
    expect(story.on('RedFlagRaised', { urgency: 'urgent' })).toEqual([]);
  });
});

describe('a decline for a red flag', () => {
  it('raises what was seen, under ids that repeat', () => {
    const story = new Story(stopOnRedFlag);
    const event = happening('ReferralDeclined', { reason: 'red-flag', catalogueIds: ['F07', 'F03'] });
    const raised = story.take(event);
    expect(raised.map(({ command }) => command)).toEqual(
      ['F07', 'F03'].map((catalogueId) => ({
        type: 'RaiseFlag',
        referralId: REFERRAL,
        catalogueId,
        source: 'decline',
        patientId: PATIENT,
      })),
    );
    expect(story.take(event).map(({ id }) => id)).toEqual(raised.map(({ id }) => id));
  });

  it('for another reason raises none', () => {
    expect(new Story(stopOnRedFlag).on('ReferralDeclined')).toEqual([]);
  });
});

describe('vital signs outside their limits', () => {
  type PreScreen = Partial<EventNamed<'PreScreenRecorded'>['data']>;
  const outside = (signs: string[] = ['sbpMmHg']): PreScreen => ({
    flags: ['F10'],
    vitals: { sbpMmHg: 190 },
    vitalFinding: { outside: signs, limitsVersion: '1', recheckAfterMinutes: 5 },
  });
  const INSIDE: PreScreen = { vitals: { sbpMmHg: 150 } };

  const measured = (story: Story, minutes: number, data: PreScreen) =>
    story.take(happening('PreScreenRecorded', data, SESSION, instantAfterMs(NOW, minutes * MINUTE_MS)));

  it('lift their flag when they are measured again after their time, and are inside', () => {
    const story = new Story(stopOnRedFlag);
    const [raised] = measured(story, 0, outside());
    expect(measured(story, 5, INSIDE)).toEqual([
      { category: 'flag', id: raised?.id, command: { type: 'ClearByRecheck', sessionId: SESSION } },
    ]);
    expect(measured(story, 10, INSIDE)).toEqual([]);
  });

  it.each<[string, number, PreScreen, PreScreen]>([
    ['too early', 4, outside(), INSIDE],
    ['not what was outside', 5, outside(), { vitals: { heartRatePerMin: 70 } }],
    ['not all that was outside', 5, outside(['sbpMmHg', 'spo2Percent']), INSIDE],
    ['nothing', 5, outside(), { vitals: {} }],
  ])('stand when there was measured %s', (_what, minutes, before, again) => {
    const story = new Story(stopOnRedFlag);
    measured(story, 0, before);
    expect(measured(story, minutes, again)).toEqual([]);
    expect(measured(story, 20, { vitals: { sbpMmHg: 150, spo2Percent: 98 } })).toHaveLength(1);
  });

  it('measured outside again are another flag; both are lifted at once', () => {
    const story = new Story(stopOnRedFlag);
    measured(story, 0, outside());
    expect(measured(story, 6, outside()).map(({ command }) => command.type)).toEqual(['RaiseFlag']);
    expect(measured(story, 12, INSIDE).map(({ command }) => command.type)).toEqual([
      'ClearByRecheck',
      'ClearByRecheck',
    ]);
  });
});
