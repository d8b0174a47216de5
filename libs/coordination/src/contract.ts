/** What a process manager stores: which input it handled, and which commands it asked for because of it. */
import { z } from 'zod';
import { CATEGORIES, event, type EventsOf } from '@fascia/kernel/contract';

const json = z.record(z.string(), z.json());

export const PROCESS_CONTRACT = {
  InputHandled: event(
    z.strictObject({
      process: z.string(),
      sourceEventId: z.uuid(),
      sourceType: z.string(),
      /** What the process remembers from this input: ids and codes only. */
      noted: json,
    }),
  ),
  CommandRequested: event(
    z.strictObject({ commandId: z.uuid(), category: z.enum(CATEGORIES), id: z.uuid(), command: json }),
  ),
  CommandRefused: event(z.strictObject({ commandId: z.uuid(), code: z.string() })),
};

export type ProcessEvent = EventsOf<typeof PROCESS_CONTRACT>;
