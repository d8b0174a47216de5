/** What is stored about a care task: who is asked for which fact, by when, and what became of it. */
import { z } from 'zod';
import { DEADLINE_NAMES } from '@fascia/deadline/contract';
import { event, personal, ROLES, STORED_CATEGORIES, type EventsOf } from '@fascia/kernel/contract';

const id = z.uuid();
const text = personal(z.string().max(2000));

/** Each is completed by the fact it asks for (docs/domain/processes.md#care-tasks). */
export const TASK_TYPES = [
  'SIGN_ORDER',
  'TRIAGE',
  'ANSWER_INFO',
  'BOOK_FIRST_VISIT',
  'BOOK_VISIT',
  'RECORD_VISIT',
  'NOTE_MISSED_VISITS',
  'DECIDE_DISCHARGE',
  'ESTABLISH_PLAN',
  'CERTIFY_PLAN',
  'SIGN_SESSION',
  'RED_FLAG_REVIEW',
  'HANDLE_DECLINE',
  'REVIEW_HOLD',
  'CONFIRM_CANCELLATION',
  'REPORT_OUTCOME',
  'ACK_OUTCOME',
  'RENEW_ORDER',
  'ACKNOWLEDGE_REVISION',
  'ANSWER_PROPOSAL',
  'MISSED_DEADLINE',
  'GENERAL',
] as const;

export const TASK_PRIORITIES = ['routine', 'urgent', 'asap', 'stat'] as const;

/** Who is asked: roles of one or more organisations (a pool when several), or one person. */
const assignment = z.strictObject({
  organizationIds: z.array(id).min(1),
  roles: z.array(z.enum(ROLES)).min(1),
  practitionerId: id.optional(),
});

export const TASK_CONTRACT = {
  CareTaskCreated: event(
    z.strictObject({
      type: z.enum(TASK_TYPES),
      patientId: id.optional(),
      referralId: id.optional(),
      subject: z.strictObject({ category: z.enum(STORED_CATEGORIES), id }),
      assignment,
      priority: z.enum(TASK_PRIORITIES),
      dueAt: z.iso.datetime().optional(),
      note: text.optional(),
      sourceEventId: id.optional(),
      /** Of an order, that was missed. */
      deadline: z.enum(DEADLINE_NAMES).optional(),
    }),
    // Types came to be, and the deadline that one is about.
    3,
    (data) => data,
  ),
  CareTaskClaimed: event(z.strictObject({ practitionerId: id, organizationId: id })),
  CareTaskReleased: event(z.strictObject({ reason: text })),
  CareTaskReassigned: event(assignment),
  /** Absent: its clock stands still. */
  CareTaskDueSet: event(z.strictObject({ dueAt: z.iso.datetime().optional() })),
  CareTaskCompleted: event(z.strictObject({ byEventId: id.optional(), note: text.optional() })),
  CareTaskCancelled: event(z.strictObject({ reason: z.string() })),
};

export type TaskEvent = EventsOf<typeof TASK_CONTRACT>;
export type TaskType = (typeof TASK_TYPES)[number];
export type Assignment = z.output<typeof assignment>;
export type TaskAsked = Extract<TaskEvent, { type: 'CareTaskCreated' }>['data'];
