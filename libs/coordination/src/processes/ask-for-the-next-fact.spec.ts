import { TASK_CONTRACT } from '@fascia/task';
import type { EventNamed } from '../process.js';
import { askForTheNextFact } from './ask-for-the-next-fact.process.js';
import {
  CLINIC,
  happening,
  OTHER_CLINIC,
  PATIENT,
  POOL,
  PRACTICE,
  REFERRAL,
  sampled,
  THERAPIST,
  subjectId,
  type SampleType,
} from './samples.spec-data.js';
import { assignmentOf, TaskStory } from './story.spec-data.js';
import { TASK_ROWS } from './task-rows.js';

const ASKING = askForTheNextFact(4, { SIGN_SESSION: 24 });

const LOOP_ENDS = [
  'ReferralClosed',
  'ReferralWithdrawn',
  'ReferralCancelled',
  'ReferralExpired',
  'ReferralVoided',
  'ReferralSuperseded',
];
const OUTLIVES = ['SIGN_SESSION', 'RECORD_VISIT', 'RED_FLAG_REVIEW', 'RENEW_ORDER'];

type Row = (typeof TASK_ROWS)[number];

/** Treatment goes on with a visit to come. */
const TREATED: readonly SampleType[] = ['ReferralTreatmentStarted', 'ReferralVisitBooked'];

/** What has to be so beside the fact that opens a task, by both. */
const BEFORE: Readonly<Record<string, readonly SampleType[]>> = {
  'BOOK_VISIT ReferralTreatmentStarted': TREATED,
  'BOOK_VISIT ReferralVisitKept': TREATED,
  'BOOK_VISIT ReferralVisitMissed': TREATED,
  'BOOK_VISIT ReferralVisitCancelled': TREATED,
  'BOOK_VISIT ReferralResumed': ['ReferralTreatmentStarted', 'ReferralPutOnHold'],
  'BOOK_VISIT ReferralCancellationRefused': ['ReferralTreatmentStarted', 'ReferralCancellationRequested'],
  'BOOK_VISIT PlanEstablished': ['ReferralTreatmentStarted', 'PlanDiscontinued'],
  'ACKNOWLEDGE_REVISION ReferralDeclineReversed': ['ReferralRevised', 'ReferralDeclined'],
  'REVIEW_HOLD ReferralCancellationRefused': ['ReferralPutOnHold', 'ReferralCancellationRequested'],
};

/** What of the fact that opens it. */
const OPENS_WITH: Readonly<Record<string, Partial<EventNamed<'ReferralVisitMissed'>['data']>>> = {
  NOTE_MISSED_VISITS: { consecutive: 2, total: 2 },
  DECIDE_DISCHARGE: { consecutive: 3, total: 3 },
};

/** A referral that was sent, under a payer who wants plans certified; nothing is asked for but triage. */
const sent = (): TaskStory => {
  const story = new TaskStory(ASKING);
  story.said('ReferralSent');
  return story;
};

/** All that the row's task needs but the fact that opens it. */
const before = ({ task }: Row, opening: string): TaskStory => {
  const story = sent();
  for (const event of BEFORE[`${task} ${opening}`] ?? []) story.said(event);
  return story;
};

/** The row's task is open. */
const opened = (row: Row, opening: string): TaskStory => {
  const story = before(row, opening);
  if (row.task !== 'TRIAGE') story.said(sampled(opening), OPENS_WITH[row.task]);
  return story;
};

const cases = TASK_ROWS.flatMap((row) => row.opensOn.map((opening) => ({ task: row.task, opening, row })));

describe('the rows of care tasks', () => {
  it('ask for every kind of task but what people ask of one another, and what the clocks tell', () => {
    expect(new Set(TASK_ROWS.map((row) => row.task))).toEqual(
      new Set(
        TASK_CONTRACT.CareTaskCreated.schema.shape.type.exclude(['GENERAL', 'MISSED_DEADLINE']).options,
      ),
    );
  });
});

describe.each(cases)('$task, opened by $opening', ({ task, opening, row }) => {
  it('is asked of the side that can answer', () => {
    const story = before(row, opening);
    const event = happening(sampled(opening), OPENS_WITH[task]);
    if (opening === 'ReferralSent') return;
    const asked = story
      .take(event)
      .find(({ command }) => command.type === 'CreateTask' && command.taskType === task);
    // Triage is open already, unless the referral went elsewhere.
    if (task === 'TRIAGE' && opening !== 'ReferralRedirected') {
      expect(asked).toBeUndefined();
      return;
    }
    const elsewhere = opening === 'ReferralRedirected' ? OTHER_CLINIC : CLINIC;
    expect(asked?.command).toMatchObject({
      patientId: PATIENT,
      referralId: REFERRAL,
      sourceEventId: event.id,
      priority: 'urgent',
      subject: { category: row.subject, id: subjectId(row.subject) },
      assignment: { organizationIds: [row.asks === 'recipient' ? elsewhere : PRACTICE], roles: row.roles },
    });
  });

  it('is asked once: the same again while it is open asks for nothing new', () => {
    const story = opened(row, opening);
    expect(story.said(opening === 'ReferralRedirected' ? 'ReferralSent' : sampled(opening))).not.toContain(
      `CreateTask ${task}`,
    );
  });

  for (const done of row.doneBy)
    it(`is done by ${done}`, () => {
      expect(opened(row, opening).said(sampled(done))).toContain(`CompleteTask ${task}`);
    });

  if (row.cancelledBy !== undefined) {
    it.each(row.cancelledBy)('is called off by %s', (event) => {
      expect(opened(row, opening).said(sampled(event))).toContain(`CancelTask ${task}`);
    });
  }

  it.each(LOOP_ENDS)('is asked for no more after %s, unless it outlives the loop', (end) => {
    const story = opened(row, opening);
    const ends = story.said(sampled(end)).filter((said) => said.endsWith(` ${task}`));
    if (OUTLIVES.includes(task)) expect(ends).toEqual([]);
    else
      expect(ends).toEqual([
        row.doneBy.some((done) => done === end) ? `CompleteTask ${task}` : `CancelTask ${task}`,
      ]);
    expect(story.said(sampled(end))).toEqual([]);
  });

  it('is asked for no more once the outcome is told, unless it outlives treatment', () => {
    const ends = opened(row, opening)
      .said('ReferralOutcomeReported')
      .filter((said) => said.endsWith(` ${task}`));
    if (OUTLIVES.includes(task)) expect(ends).toEqual([]);
    else if (task === 'ACK_OUTCOME') expect(ends).not.toContain('CancelTask ACK_OUTCOME');
    else
      expect(ends).toEqual([
        row.doneBy.includes('ReferralOutcomeReported') ? `CompleteTask ${task}` : `CancelTask ${task}`,
      ]);
  });
});

describe('a task about one thing of several', () => {
  it('is done by the fact about that thing only', () => {
    const story = sent();
    const [one, other] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
    story.said('SessionPerformed', {}, one);
    expect(story.said('SessionPerformed', {}, other)).toEqual(['CreateTask SIGN_SESSION']);
    expect(story.said('SessionSigned', {}, one)).toHaveLength(1);
    expect(story.said('SessionSigned', {}, one)).toEqual([]);
    expect(story.said('SessionSigned', {}, other)).toEqual(['CompleteTask SIGN_SESSION']);
  });

  it('is asked of the therapist who held the session', () => {
    const story = sent();
    story.said('SessionScheduled');
    const [asked] = story.on('SessionPerformed');
    expect(asked && assignmentOf(asked)).toMatchObject({ practitionerId: THERAPIST });
  });

  it('is asked of the clinic that had the patient, wherever the order has gone since', () => {
    const story = sent();
    story.said('ReferralRedirected');
    story.said('SessionEnteredLate');
    const [asked] = story.on('SessionPerformed');
    expect(asked && assignmentOf(asked)).toMatchObject({
      organizationIds: [CLINIC],
      practitionerId: THERAPIST,
    });
  });

  it('is asked of the colleague to whom the session was moved', () => {
    const story = sent();
    story.said('SessionScheduled');
    story.said('SessionRescheduled', { therapistId: OTHER_CLINIC });
    const [asked] = story.on('SessionPerformed');
    expect(asked && assignmentOf(asked)).toMatchObject({ practitionerId: OTHER_CLINIC });
  });
});

describe('an emergency', () => {
  it('is asked about at once and before everything else', () => {
    const event = happening('RedFlagRaised', { urgency: 'emergency' });
    const [asked] = sent().take(event);
    expect(asked?.command).toMatchObject({
      taskType: 'RED_FLAG_REVIEW',
      priority: 'stat',
      dueAt: event.occurredAt,
    });
  });
});

describe('the review of a flag', () => {
  it.each([
    ['emergency', 'stat'],
    ['urgent', 'urgent'],
    ['sameDay', 'asap'],
    ['byLaw', 'urgent'],
  ] as const)('of one that is %s is %s, and due when the flag says', (urgency, priority) => {
    const reviewDueAt = '2026-04-01T21:59:59.999Z';
    const [asked] = sent().take(happening('RedFlagRaised', { urgency, reviewDueAt }));
    expect(asked?.command).toMatchObject({ taskType: 'RED_FLAG_REVIEW', priority, dueAt: reviewDueAt });
  });

  it('of an emergency stays until somebody was reached, however it was settled', () => {
    const story = sent();
    expect(story.said('RedFlagRaised', { urgency: 'emergency' })).toEqual(['CreateTask RED_FLAG_REVIEW']);
    expect(story.said('RedFlagCleared')).toEqual([]);
    expect(story.said('RedFlagCommunicated', { reached: false })).toEqual([]);
    expect(story.said('RedFlagCommunicated')).toEqual(['CompleteTask RED_FLAG_REVIEW']);
  });

  it('of an emergency stays until it is settled, whoever was reached', () => {
    const story = sent();
    story.said('RedFlagRaised', { urgency: 'emergency' });
    expect(story.said('RedFlagCommunicated')).toEqual([]);
    expect(story.said('RedFlagConfirmed')).toEqual(['CompleteTask RED_FLAG_REVIEW']);
  });

  it.each([
    ['nothing less', { urgency: 'urgent' }],
    ["a physician's own question", { urgency: 'emergency', source: 'referral-screening' }],
  ] as const)('of %s needs no call', (_what, data) => {
    const story = sent();
    story.said('RedFlagRaised', data);
    expect(story.said('RedFlagCommunicated')).toEqual([]);
    expect(story.said('RedFlagCleared')).toEqual(['CompleteTask RED_FLAG_REVIEW']);
  });
});

describe('a plan under a payer who wants no certificate', () => {
  it('asks nobody to certify it', () => {
    const story = new TaskStory(ASKING);
    story.said('ReferralSent', {
      content: { payer: { profile: 'SELF-PAY' } },
    });
    expect(story.said('PlanSubmitted')).toEqual([]);
  });
});

describe('a correction that changes nothing of substance', () => {
  it('asks nobody to acknowledge it', () => {
    expect(sent().said('ReferralRevised', { material: false })).toEqual([]);
  });
});

describe('a referral that goes to another clinic', () => {
  it('takes triage from the one and asks the other', () => {
    const story = sent();
    const commands = story.on('ReferralRedirected');
    expect(commands.map(({ command }) => command.type)).toEqual(['CancelTask', 'CreateTask']);
    expect(commands.map(assignmentOf)).toEqual([
      undefined,
      expect.objectContaining({ organizationIds: [OTHER_CLINIC] }),
    ]);
  });

  it('asks the first for no outcome when its plan ends', () => {
    const story = sent();
    story.said('ReferralAccepted');
    story.said('ReferralRedirected');
    expect(story.said('PlanDiscontinued')).toEqual([]);
    story.said('ReferralAccepted');
    expect(story.said('PlanDiscontinued')).toEqual(['CreateTask REPORT_OUTCOME']);
  });
});

describe('a plan that ends after the outcome was told', () => {
  it('asks for no second outcome', () => {
    const story = sent();
    story.said('ReferralAccepted');
    story.said('ReferralOutcomeReported');
    expect(story.said('PlanDiscontinued')).toEqual([]);
    expect(story.said('PlanCompleted')).toEqual([]);
  });
});

describe('a referral to a pool', () => {
  it('asks all of it for triage, then the one that claimed, then all again when it is given back', () => {
    const story = new TaskStory(ASKING);
    expect(story.on('ReferralSent', { placement: POOL, content: {} }).map(assignmentOf)).toEqual([
      expect.objectContaining({ organizationIds: [CLINIC, OTHER_CLINIC] }),
    ]);
    const [claimed] = story.on('ReferralClaimed', { organizationId: CLINIC, listingId: CLINIC });
    expect(claimed?.command).toEqual({
      type: 'ReassignTask',
      organizationIds: [CLINIC],
      roles: ['coordinator', 'therapist'],
    });
    const [released] = story.on('ReferralReleased');
    expect(released?.command).toEqual({
      type: 'ReassignTask',
      organizationIds: [CLINIC, OTHER_CLINIC],
      roles: ['coordinator', 'therapist'],
    });
  });
});

describe('a flag on a referral that was never sent', () => {
  it('asks nobody: there is no side to ask', () => {
    expect(new TaskStory(ASKING).said('RedFlagRaised')).toEqual([]);
  });
});

describe('a referral accepted again after a question', () => {
  it('is not asked for a plan while one is in force', () => {
    const story = new TaskStory(ASKING);
    const asked = (type: SampleType): readonly unknown[] =>
      story.on(type).flatMap(({ command }) => (command.type === 'CreateTask' ? [command.taskType] : []));
    story.on('ReferralSent');
    expect(asked('ReferralAccepted')).toContain('ESTABLISH_PLAN');
    story.on('PlanEstablished');
    story.on('ReferralInformationRequested');
    expect(asked('ReferralAccepted')).not.toContain('ESTABLISH_PLAN');
    story.on('PlanDiscontinued');
    story.on('ReferralInformationRequested');
    expect(asked('ReferralAccepted')).toContain('ESTABLISH_PLAN');
  });
});

describe('when a task is due', () => {
  it.each(TASK_ROWS.flatMap(({ task, dueBy = [] }) => dueBy.map((name) => ({ task, name }))))(
    '$task follows $name: set, standing still, going on',
    ({ task, name }) => {
      const row = TASK_ROWS.find((one) => one.task === task);
      const story = sent();
      const opens = sampled(row?.opensOn[0] ?? '');
      for (const before of BEFORE[`${task} ${opens}`] ?? []) story.said(before);
      story.said(opens, OPENS_WITH[task]);
      const due = (type: 'DeadlineSet' | 'DeadlinePaused' | 'DeadlineResumed', dueAt?: string) =>
        story.on(type, { name, ...(dueAt === undefined ? {} : { dueAt }) }).map(({ command }) => command);
      const at = '2026-04-09T09:00:00.000Z';
      const later = '2026-04-10T09:00:00.000Z';
      expect(due('DeadlineSet', at)).toEqual([{ type: 'SetTaskDue', dueAt: at }]);
      expect(due('DeadlinePaused')).toEqual([{ type: 'SetTaskDue' }]);
      expect(due('DeadlineResumed', later)).toEqual([{ type: 'SetTaskDue', dueAt: later }]);
    },
  );

  it('is nothing that a clock of another step says', () => {
    expect(sent().on('DeadlineSet', { name: 'T-BOOK' })).toEqual([]);
  });

  it('is said at once where no clock of the order runs for it', () => {
    const story = sent();
    story.said('SessionScheduled');
    const [asked] = story.on('SessionPerformed');
    expect(asked?.command).toMatchObject({ taskType: 'SIGN_SESSION', dueAt: '2026-04-02T09:00:00.000Z' });
  });
});
