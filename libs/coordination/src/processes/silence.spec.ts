/** What fell away, was sent back or was asked about again: somebody is asked to go on. */
import { askForTheNextFact } from './ask-for-the-next-fact.process.js';
import { CLINIC, happening, PRACTICE, subjectId, type SampleType } from './samples.spec-data.js';
import { assignmentOf, TaskStory } from './story.spec-data.js';

const UNTOLD_HOURS = 4;

const after = (...happened: readonly SampleType[]): TaskStory => {
  const story = new TaskStory(askForTheNextFact(UNTOLD_HOURS, {}));
  for (const event of happened) story.said(event);
  return story;
};

const OTHER = { sessionId: '00000000-0000-4000-8000-000000000002' };

describe('an order that a delegate wrote', () => {
  it.each(['ReferralDrafted', 'ReferralDraftEdited'] as const)(
    'waits for a signature after %s, until it is sent',
    (written) => {
      const story = after('ReferralDrafted', 'ReferralDraftDiscarded');
      story.said('ReferralDrafted');
      expect(after('ReferralDrafted').said(written)).toEqual([]);
      expect(story.said('ReferralSent')).toEqual(['CompleteTask SIGN_ORDER', 'CreateTask TRIAGE']);
    },
  );

  it('is asked of the physician for whom it was written, where they are known', () => {
    const story = after();
    const drafted = happening('ReferralDrafted');
    const [asked] = story.take({ ...drafted, actor: { ...drafted.actor, onBehalfOf: subjectId('patient') } });
    expect(asked && assignmentOf(asked)).toMatchObject({
      organizationIds: [PRACTICE],
      practitionerId: subjectId('patient'),
    });
  });

  it('is asked for no more when it is thrown away', () => {
    expect(after('ReferralDrafted').said('ReferralDraftDiscarded')).toEqual(['CancelTask SIGN_ORDER']);
  });

  it('is nobody else to sign when a physician wrote it', () => {
    const drafted = happening('ReferralDrafted');
    expect(after().take({ ...drafted, actor: { ...drafted.actor, role: 'physician' } })).toEqual([]);
  });
});

describe('a first visit', () => {
  it.each(['ReferralVisitMissed', 'ReferralVisitCancelled'] as const)('is booked again after %s', (lost) => {
    const story = after('ReferralSent', 'ReferralAccepted', 'ReferralVisitBooked');
    expect(story.said(lost)).toContain('CreateTask BOOK_FIRST_VISIT');
    expect(story.said('ReferralVisitBooked')).toContain('CompleteTask BOOK_FIRST_VISIT');
  });

  it('is not asked for while another is to come', () => {
    const story = after('ReferralSent', 'ReferralAccepted', 'ReferralVisitBooked');
    story.said('ReferralVisitBooked', OTHER);
    expect(story.said('ReferralVisitCancelled')).not.toContain('CreateTask BOOK_FIRST_VISIT');
    expect(story.said('ReferralVisitCancelled', OTHER)).toContain('CreateTask BOOK_FIRST_VISIT');
  });

  it('is not asked for once treatment has begun', () => {
    const story = after(
      'ReferralSent',
      'ReferralAccepted',
      'ReferralVisitBooked',
      'ReferralTreatmentStarted',
    );
    story.said('ReferralVisitBooked', OTHER);
    expect(story.said('ReferralVisitMissed', OTHER)).not.toContain('CreateTask BOOK_FIRST_VISIT');
  });

  it('is asked for no more when somebody came whom nobody had booked', () => {
    const story = after('ReferralSent', 'ReferralAccepted');
    expect(story.said('ReferralTreatmentStarted')).toContain('CompleteTask BOOK_FIRST_VISIT');
  });

  it.each([
    ['on hold', 'ReferralPutOnHold', 'ReferralResumed'],
    ['to be cancelled', 'ReferralCancellationRequested', 'ReferralCancellationRefused'],
  ] as const)('is not asked for while the order is %s, and again afterwards', (_what, pauses, goesOn) => {
    const story = after('ReferralSent', 'ReferralAccepted');
    expect(story.said(pauses)).toContain('CancelTask BOOK_FIRST_VISIT');
    expect(story.said(goesOn)).toContain('CreateTask BOOK_FIRST_VISIT');
  });

  it('is asked for once a hold for safety, which called it off, is over', () => {
    const story = after('ReferralSent', 'ReferralAccepted', 'ReferralVisitBooked');
    story.said('ReferralPutOnHold', { bookingsCancelled: [subjectId('session')] });
    expect(story.said('ReferralResumed')).toContain('CreateTask BOOK_FIRST_VISIT');
  });

  it('is asked for of the next clinic, whatever was booked with the last', () => {
    const story = after('ReferralSent', 'ReferralAccepted', 'ReferralVisitBooked', 'ReferralRedirected');
    expect(story.said('ReferralAccepted')).toContain('CreateTask BOOK_FIRST_VISIT');
  });
});

describe('treatment', () => {
  const TREATED = [
    'ReferralSent',
    'ReferralAccepted',
    'PlanEstablished',
    'ReferralVisitBooked',
    'ReferralTreatmentStarted',
  ] as const;

  it('is asked for its next visit as soon as nobody is to come', () => {
    const story = after(...TREATED.slice(0, -1));
    expect(story.said('ReferralTreatmentStarted')).toContain('CreateTask BOOK_VISIT');
    expect(story.said('ReferralVisitBooked')).toEqual(['CompleteTask BOOK_VISIT']);
  });

  it.each(['ReferralVisitKept', 'ReferralVisitMissed', 'ReferralVisitCancelled'] as const)(
    'is asked for another visit after %s, unless one is to come',
    (event) => {
      const story = after(...TREATED, 'ReferralVisitBooked');
      story.said('ReferralVisitBooked', OTHER);
      expect(story.said(event)).toEqual([]);
      expect(story.said(event, OTHER)).toEqual(['CreateTask BOOK_VISIT']);
    },
  );

  it('is asked for an outcome, and no visit, once its plan is over', () => {
    const story = after(...TREATED);
    expect(story.said('PlanCompleted')).toEqual(['CancelTask BOOK_VISIT', 'CreateTask REPORT_OUTCOME']);
    expect(story.said('ReferralVisitKept')).toEqual([]);
  });

  it('is asked for no visit while it is on hold', () => {
    const story = after(...TREATED);
    expect(story.said('ReferralPutOnHold')).toContain('CancelTask BOOK_VISIT');
    expect(story.said('ReferralResumed')).toContain('CreateTask BOOK_VISIT');
  });
});

describe('visits that were missed', () => {
  const missed = (consecutive: number, total = consecutive) => ({ ...OTHER, consecutive, total });
  const treated = (): TaskStory =>
    after('ReferralSent', 'ReferralAccepted', 'ReferralVisitBooked', 'ReferralTreatmentStarted');
  const missing = (story: TaskStory, ...counts: Parameters<typeof missed>): readonly string[] => {
    story.said('ReferralVisitBooked', OTHER);
    return story.said('ReferralVisitMissed', missed(...counts));
  };

  it('ask for another; the second in a row tells the physician; the third asks whether to go on', () => {
    const story = treated();
    expect(missing(story, 1)).toEqual(['CreateTask BOOK_VISIT']);
    expect(missing(story, 2)).toEqual(['CreateTask BOOK_VISIT', 'CreateTask NOTE_MISSED_VISITS']);
    expect(missing(story, 3)).toEqual(['CreateTask DECIDE_DISCHARGE']);
  });

  it('are forgotten when the patient comes', () => {
    const story = treated();
    missing(story, 3);
    story.said('ReferralVisitBooked', OTHER);
    expect(story.said('ReferralVisitKept', OTHER)).toEqual([
      'CompleteTask NOTE_MISSED_VISITS',
      'CreateTask BOOK_VISIT',
    ]);
    expect(missing(story, 1, 4)).toEqual(['CreateTask BOOK_VISIT']);
  });

  it('count altogether before anybody came', () => {
    const story = after('ReferralSent', 'ReferralAccepted');
    expect(missing(story, 1, 2)).toContain('CreateTask NOTE_MISSED_VISITS');
    expect(missing(story, 1, 3)).toContain('CreateTask DECIDE_DISCHARGE');
  });

  it('are decided about by booking again, or by telling the outcome', () => {
    for (const decided of ['ReferralVisitBooked', 'ReferralOutcomeReported'] as const) {
      const story = treated();
      missing(story, 3);
      expect(story.said(decided)).toContain('CompleteTask DECIDE_DISCHARGE');
    }
  });
});

describe('a hold', () => {
  it.each([
    ['referrer', PRACTICE],
    ['safety', PRACTICE],
    ['recipient', CLINIC],
  ] as const)('of the %s is looked at by them, by the day that it says', (holder, organizationId) => {
    const asked = after('ReferralSent', 'ReferralAccepted').on('ReferralPutOnHold', { holder });
    const review = asked.find(({ command }) => command.type === 'CreateTask');
    const where = holder === 'referrer' ? PRACTICE : CLINIC;
    expect(review?.command).toMatchObject({
      taskType: 'REVIEW_HOLD',
      dueOn: { day: '2026-04-08', organizationId: where },
    });
    expect(review && assignmentOf(review)).toMatchObject({ organizationIds: [organizationId] });
  });

  it('is looked at until it is over, and again when the order stays on hold', () => {
    const story = after('ReferralSent', 'ReferralAccepted', 'ReferralPutOnHold');
    expect(story.said('ReferralCancellationRequested')).toContain('CompleteTask REVIEW_HOLD');
    expect(story.said('ReferralCancellationRefused')).toContain('CreateTask REVIEW_HOLD');
    expect(story.said('ReferralResumed')).toContain('CompleteTask REVIEW_HOLD');
  });
});

describe('a visit of which nothing is told', () => {
  const booked = (): TaskStory => after('ReferralSent', 'ReferralAccepted', 'SessionScheduled');
  /** It ends seven days and 45 minutes after it was booked. */
  const OVER_DAYS = 7 + (0.75 + UNTOLD_HOURS) / 24;

  it('is asked about once it is over by some hours', () => {
    const story = booked();
    expect(story.saidWithin(OVER_DAYS - 0.001)).toEqual([]);
    const [asked] = story.passes(0.001);
    expect(asked?.command).toMatchObject({
      taskType: 'RECORD_VISIT',
      subject: { category: 'session', id: subjectId('session') },
      assignment: { organizationIds: [CLINIC] },
    });
  });

  it.each([
    'SessionPerformed',
    'SessionNoShow',
    'SessionCancelled',
    'SessionRescheduled',
    'SessionStopped',
    'SessionVoided',
  ] as const)('is asked about until %s', (told) => {
    const story = booked();
    story.saidWithin(OVER_DAYS);
    expect(story.said(told)).toContain('CompleteTask RECORD_VISIT');
  });

  it.each([
    'SessionPerformed',
    'SessionNoShow',
    'SessionCancelled',
    'SessionStopped',
    'SessionVoided',
  ] as const)('is not asked about after %s', (told) => {
    const story = booked();
    story.said(told);
    expect(story.saidWithin(365)).toEqual([]);
  });

  it('is asked about after the time to which it was moved', () => {
    const story = booked();
    story.said('SessionRescheduled');
    expect(story.saidWithin(OVER_DAYS)).toEqual([]);
    expect(story.saidWithin(1)).toEqual(['CreateTask RECORD_VISIT']);
  });

  it('is asked about when it was entered late, and nothing more', () => {
    const story = after('ReferralSent', 'ReferralAccepted', 'SessionEnteredLate');
    expect(story.saidWithin(UNTOLD_HOURS / 24)).toEqual(['CreateTask RECORD_VISIT']);
  });
});

describe('a plan that the physician wants changed', () => {
  it('is asked of the therapist, although the signed one stays in force', () => {
    const story = after('ReferralSent', 'ReferralAccepted', 'PlanEstablished');
    expect(story.said('PlanChangesRequested')).toContain('CreateTask ESTABLISH_PLAN');
    expect(story.said('PlanEstablished')).toContain('CompleteTask ESTABLISH_PLAN');
  });

  it('is asked for no more when it is completed as it is', () => {
    const story = after('ReferralSent', 'ReferralAccepted', 'PlanEstablished', 'PlanChangesRequested');
    expect(story.said('PlanCompleted')).toContain('CancelTask ESTABLISH_PLAN');
  });
});

describe('an outcome that the physician asks about', () => {
  it('is asked of the therapist until it is amended, or taken as it is', () => {
    const story = after('ReferralSent', 'ReferralAccepted', 'ReferralOutcomeReported');
    expect(story.said('ReferralOutcomeQueried')).toEqual(['CreateTask REPORT_OUTCOME']);
    expect(story.said('ReferralOutcomeAmended')).toEqual(['CompleteTask REPORT_OUTCOME']);
    story.said('ReferralOutcomeQueried');
    expect(story.said('ReferralClosed')).toContain('CancelTask REPORT_OUTCOME');
  });
});
