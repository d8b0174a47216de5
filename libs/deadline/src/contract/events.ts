/**
 * What is stored about the deadlines of an order, in one stream with the order's id: when each was set, paused, met or missed, so that
 * a replay gives the same breaches.
 */
import { z } from 'zod';
import { event, type EventsOf } from '@fascia/kernel/contract';
import { DEADLINE_NAMES, PRIORITIES, SPAN_UNITS } from './policy.js';

const id = z.uuid();
const name = z.enum(DEADLINE_NAMES);
const moment = z.iso.datetime();
/** The fact because of which it is. */
const because = { sourceEventId: id };

export const SIDES = ['recipient', 'referrer'] as const;

export const DEADLINE_CONTRACT = {
  DeadlineSet: event(
    z.strictObject({
      name,
      referralId: id,
      patientId: id.optional(),
      /** Who has to act: of a pool, the first that can. */
      side: z.enum(SIDES),
      organizationIds: z.array(id).min(1),
      priority: z.enum(PRIORITIES),
      startedAt: moment,
      dueAt: moment,
      span: z.strictObject({ amount: z.int(), unit: z.enum(SPAN_UNITS) }).optional(),
      /** Where its days were counted. */
      zone: z.string(),
      /** Version of the policy that says how long. */
      policy: z.string(),
      ...because,
    }),
  ),
  DeadlinePaused: event(z.strictObject({ name, at: moment, ...because })),
  DeadlineResumed: event(z.strictObject({ name, at: moment, dueAt: moment, ...because })),
  DeadlineMet: event(z.strictObject({ name, at: moment, dueAt: moment, ...because })),
  DeadlineMissed: event(z.strictObject({ name, dueAt: moment })),
  /** What it was for is asked of nobody any more. */
  DeadlineCalledOff: event(z.strictObject({ name, at: moment, ...because })),
};

export type DeadlineEvent = EventsOf<typeof DEADLINE_CONTRACT>;
export type DeadlineSide = (typeof SIDES)[number];
