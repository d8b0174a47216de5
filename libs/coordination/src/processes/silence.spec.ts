/** What fell away, was sent back or was asked about again: somebody is asked to go on. */
import { askForTheNextFact } from './ask-for-the-next-fact.process.js';
import type { SampleType } from './samples.spec-data.js';
import { TaskStory } from './story.spec-data.js';

const after = (...happened: readonly SampleType[]): TaskStory => {
  const story = new TaskStory(askForTheNextFact);
  for (const event of happened) story.said(event);
  return story;
};

const OTHER = { sessionId: '00000000-0000-4000-8000-000000000002' };

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

  it('is asked for of the next clinic, whatever was booked with the last', () => {
    const story = after('ReferralSent', 'ReferralAccepted', 'ReferralVisitBooked', 'ReferralRedirected');
    expect(story.said('ReferralAccepted')).toContain('CreateTask BOOK_FIRST_VISIT');
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
