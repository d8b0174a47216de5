import { readdirSync } from 'node:fs';
import { ENDED, TRANSITIONS } from '@fascia/referral/contract';
import { discardOldDrafts } from './discard-old-drafts.process.js';
import { endPlanWithLeg } from './end-plan-with-leg.process.js';
import { keepVisitsInStep } from './keep-visits-in-step.process.js';
import { REFERRAL, subjectId } from './samples.spec-data.js';
import { Story } from './story.spec-data.js';
import { LOOP_ENDS } from './leg.js';
import { DEFAULT_TIMES, processes } from './list.js';
import { showPlanToPhysician } from './show-plan-to-physician.process.js';

const SESSION = subjectId('session');
const [PLAN, OTHER_PLAN] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const LEG_ENDS = [
  'ReferralRedirected',
  'ReferralDeclined',
  'ReferralOutcomeReported',
  'ReferralWithdrawn',
  'ReferralCancelled',
  'ReferralExpired',
  'ReferralVoided',
  'ReferralSuperseded',
  'ReferralClosed',
] as const;

describe('what ends a loop', () => {
  it('is the last event of every transition to a stage in which it is over', () => {
    const final = TRANSITIONS.filter(({ to }) => to !== 'Discarded' && ENDED.some((stage) => stage === to));
    expect([...LOOP_ENDS].toSorted()).toEqual(
      [...new Set(final.map(({ events }) => events.at(-1)))].toSorted(),
    );
  });
});

describe('the list of processes', () => {
  it('names every file of a process, once', () => {
    const files = readdirSync(import.meta.dirname).flatMap(
      (file) => /^(.*)\.process\.ts$/.exec(file)?.[1] ?? [],
    );
    expect(
      processes(DEFAULT_TIMES)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(files.toSorted());
  });
});

const onReferral = (command: object) => [{ category: 'referral', id: REFERRAL, command }];

describe('keep visits in step', () => {
  it('books on the referral what was scheduled', () => {
    const story = new Story(keepVisitsInStep);
    expect(story.on('SessionScheduled')).toEqual(
      onReferral({
        type: 'BookVisit',
        sessionId: SESSION,
        kind: 'treatment',
        start: '2026-04-08T09:00:00.000Z',
      }),
    );
  });

  it('tells the referral of a no-show and of a cancellation, by whom and how late', () => {
    const story = new Story(keepVisitsInStep);
    expect(story.on('SessionNoShow')).toEqual(onReferral({ type: 'RecordNoShow', sessionId: SESSION }));
    expect(story.on('SessionCancelled', { by: 'patient', noticeHours: 3 })).toEqual(
      onReferral({ type: 'CancelVisit', sessionId: SESSION, by: 'patient', noticeHours: 3 }),
    );
  });

  it('tells of a visit that stood in a wrong century, too', () => {
    const hours = 1_500_000.25;
    expect(new Story(keepVisitsInStep).on('SessionCancelled', { by: 'clinic', noticeHours: hours })).toEqual(
      onReferral({ type: 'CancelVisit', sessionId: SESSION, by: 'clinic', noticeHours: hours }),
    );
  });

  it('starts treatment with the first session that starts; later ones are told to have been kept', () => {
    const story = new Story(keepVisitsInStep);
    expect(story.on('SessionStarted')).toEqual(onReferral({ type: 'StartTreatment', sessionId: SESSION }));
    expect(story.on('SessionStarted', {}, PLAN)).toEqual(
      onReferral({ type: 'RecordAttendance', sessionId: PLAN }),
    );
  });

  it.each(['SessionStopped', 'SessionVoided'] as const)(
    'tells the order that a visit is not to come after %s, unless it had begun',
    (type) => {
      const story = new Story(keepVisitsInStep);
      story.on('SessionScheduled');
      story.on('SessionScheduled', {}, PLAN);
      story.on('SessionStarted', {}, PLAN);
      expect(story.on(type)).toEqual(
        onReferral({ type: 'CancelVisit', sessionId: SESSION, by: 'clinic', noticeHours: 0 }),
      );
      expect(story.on(type, {}, PLAN)).toEqual([]);
    },
  );

  it('takes one that was entered late as kept', () => {
    const story = new Story(keepVisitsInStep);
    expect(story.on('SessionEnteredLate')).toEqual(
      onReferral({ type: 'StartTreatment', sessionId: SESSION }),
    );
    expect(story.on('SessionEnteredLate', {}, PLAN)).toEqual(
      onReferral({ type: 'RecordAttendance', sessionId: PLAN }),
    );
  });

  it('moves a visit in the order, unless it is cancelled meanwhile', () => {
    const story = new Story(keepVisitsInStep);
    story.on('SessionScheduled');
    const start = '2026-04-09T09:00:00.000Z';
    expect(story.on('SessionRescheduled', { start })).toEqual(
      onReferral({ type: 'MoveVisit', sessionId: SESSION, start }),
    );
    story.on('ReferralDeclined', { bookingsCancelled: [SESSION] });
    expect(story.on('SessionRescheduled', { start })).toEqual([]);
  });

  it.each(['ReferralDeclined', 'ReferralRedirected', 'ReferralPutOnHold'] as const)(
    'cancels the sessions that %s dropped, and does not tell the referral what it knows',
    (type) => {
      const story = new Story(keepVisitsInStep);
      expect(story.on(type, { bookingsCancelled: [SESSION] })).toEqual([
        { category: 'session', id: SESSION, command: { type: 'CancelSession', by: 'clinic', reason: type } },
      ]);
      expect(story.on('SessionCancelled', { by: 'clinic', noticeHours: 3 })).toEqual([]);
    },
  );
});

describe.each(LEG_ENDS)('%s', (end) => {
  const OTHER = PLAN;
  it('cancels the visits that were still to come, and does not tell the order of it', () => {
    const story = new Story(keepVisitsInStep);
    story.on('SessionScheduled');
    story.on('SessionScheduled', {}, OTHER);
    story.on('SessionNoShow', {}, OTHER);
    story.on('SessionScheduled', {}, OTHER_PLAN);
    story.on('SessionStarted', {}, OTHER_PLAN);
    story.on('SessionRescheduled');
    expect(story.on(end)).toEqual([
      { category: 'session', id: SESSION, command: { type: 'CancelSession', by: 'clinic', reason: end } },
    ]);
    expect(story.on('SessionCancelled', { by: 'clinic', noticeHours: 3 })).toEqual([]);
    expect(story.on(end)).toEqual([]);
  });
});

describe('a visit that the order does not take', () => {
  it('since it was declined in the same moment, is cancelled, and the order is not told of it', () => {
    const story = new Story(keepVisitsInStep);
    const [booking] = story.on('SessionScheduled');
    if (booking === undefined) throw new Error('nothing was booked');
    expect(story.refused(booking, 'REFERRAL_ILLEGAL_MOVE')).toEqual([
      {
        category: 'session',
        id: SESSION,
        command: { type: 'CancelSession', by: 'clinic', reason: 'REFERRAL_ILLEGAL_MOVE' },
      },
    ]);
    expect(story.on('SessionCancelled', { by: 'clinic', noticeHours: 3 })).toEqual([]);
  });

  it('as the first one that starts, does not keep the next one from starting treatment', () => {
    const story = new Story(keepVisitsInStep);
    const [start] = story.on('SessionStarted');
    if (start === undefined) throw new Error('nothing was asked for');
    expect(story.refused(start, 'REFERRAL_ILLEGAL_MOVE')).toEqual([]);
    expect(story.on('SessionStarted', {}, PLAN)).toEqual(
      onReferral({ type: 'StartTreatment', sessionId: PLAN }),
    );
  });
});

describe('show the plan to the physician', () => {
  it('submits every version that is established', () => {
    const story = new Story(showPlanToPhysician);
    const submitted = [{ category: 'plan', id: PLAN, command: { type: 'SubmitPlan', channel: 'portal' } }];
    expect(story.on('PlanEstablished', {}, PLAN)).toEqual(submitted);
    expect(story.on('PlanEstablished', {}, PLAN)).toEqual(submitted);
  });
});

describe.each(LEG_ENDS)('%s', (end) => {
  const underPlan = (): Story => {
    const story = new Story(endPlanWithLeg);
    story.on('ReferralAccepted');
    story.on('PlanDrafted', { referralId: REFERRAL }, PLAN);
    return story;
  };
  const discontinued = (id: string) => [
    { category: 'plan', id, command: { type: 'DiscontinuePlan', reason: end } },
  ];

  it('ends the plan that is current, once', () => {
    const story = underPlan();
    expect(story.on(end)).toEqual(discontinued(PLAN));
    expect(story.on(end)).toEqual([]);
    expect(story.on('ReferralClosed')).toEqual([]);
  });

  it.each(['PlanCompleted', 'PlanDiscontinued'] as const)('leaves a plan alone after %s', (over) => {
    const story = underPlan();
    story.on(over, {}, PLAN);
    expect(story.on(end)).toEqual([]);
  });

  it('ends a plan that was drafted as the leg was ending, and not one of the next leg', () => {
    const story = new Story(endPlanWithLeg);
    story.on('ReferralAccepted');
    story.on(end);
    expect(story.on('PlanDrafted', { referralId: REFERRAL }, PLAN)).toEqual(discontinued(PLAN));
    story.on('PlanDiscontinued', {}, PLAN);
    story.on('ReferralAccepted');
    expect(story.on('PlanDrafted', { referralId: REFERRAL }, OTHER_PLAN)).toEqual([]);
    expect(story.on(end)).toEqual(discontinued(OTHER_PLAN));
  });
});

describe('discard old drafts', () => {
  const DRAFT_DAYS = 30;
  const drafted = (): Story => {
    const story = new Story(discardOldDrafts(DRAFT_DAYS));
    expect(story.on('ReferralDrafted')).toEqual([]);
    return story;
  };

  it('discards a draft 30 days after it was made, once', () => {
    const story = drafted();
    expect(story.timers).toEqual({ 'T-DRAFT': '2026-05-01T09:00:00.000Z' });
    expect(story.passes(29.99)).toEqual([]);
    expect(story.passes(0.01)).toEqual(onReferral({ type: 'DiscardDraft' }));
    expect(story.passes(365)).toEqual([]);
  });

  it.each(['ReferralSent', 'ReferralDraftDiscarded'] as const)('leaves it alone after %s', (type) => {
    const story = drafted();
    story.passes(29);
    expect(story.on(type)).toEqual([]);
    expect(story.timers).toEqual({});
    expect(story.passes(365)).toEqual([]);
  });
});
