/** The stored events of the account that specs of the machinery write to. */
import { z } from 'zod';
import { event, personal, type EventsOf } from '@fascia/kernel';

export const ACCOUNT_CONTRACT = {
  AccountOpened: event(z.strictObject({ organizationId: z.string(), alias: z.string().optional() })),
  MoneyPaidIn: event(z.strictObject({ amount: z.int(), remark: personal(z.string()).optional() })),
  MoneyTaken: event(z.strictObject({ amount: z.int() })),
  AliasTaken: event(z.strictObject({ alias: z.string() })),
  RoomBooked: event(z.strictObject({ room: z.string(), from: z.iso.datetime(), to: z.iso.datetime() })),
  AccountClosed: event(z.strictObject({})),
};

export type AccountEvent = EventsOf<typeof ACCOUNT_CONTRACT>;
