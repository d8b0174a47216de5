/** What a process manager stores: whose it is, which input it handled, what it asked for because of it, and which timers it set. */
import { z } from 'zod';
import { event, STORED_CATEGORIES, type EventsOf } from '@fascia/kernel/contract';

const json = z.record(z.string(), z.json());
const name = z.string();

/** What a process can be about: one instance of it follows one of these. */
export const INSTANCE_CATEGORIES = [
  'referral',
  'plan',
  'session',
  'patient',
  'practitioner',
  'organization',
] as const;

export const PROCESS_CONTRACT = {
  /** The first event of each instance. */
  ProcessStarted: event(
    z.strictObject({
      process: name,
      key: z.strictObject({ category: z.enum(INSTANCE_CATEGORIES), id: z.uuid() }),
    }),
  ),
  InputHandled: event(
    z.strictObject({
      process: name,
      sourceEventId: z.uuid(),
      sourceType: z.string(),
      /** What the process remembers from this input: ids and codes only. */
      noted: json,
    }),
  ),
  CommandRequested: event(
    z.strictObject({ commandId: z.uuid(), category: z.enum(STORED_CATEGORIES), id: z.uuid(), command: json }),
  ),
  /** For good: no reading again carries it out. */
  CommandRefused: event(z.strictObject({ commandId: z.uuid(), code: z.string(), noted: json })),
  /** One timer of a name at a time: set again, it is due at the new time only. */
  TimerSet: event(z.strictObject({ timer: name, dueAt: z.iso.datetime() })),
  TimerCancelled: event(z.strictObject({ timer: name })),
  TimerFired: event(z.strictObject({ timer: name, dueAt: z.iso.datetime(), noted: json })),
};

export type ProcessEvent = EventsOf<typeof PROCESS_CONTRACT>;
export type ProcessEventOf<T extends ProcessEvent['type']> = Extract<ProcessEvent, { readonly type: T }>;
