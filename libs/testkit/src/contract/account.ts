/** What is asked and stored of the account that specs of the machinery write to. */
import { z } from 'zod';
import {
  acts,
  creates,
  event,
  instant,
  line,
  personal,
  whole,
  type CommandsOf,
  type EventsOf,
} from '@fascia/kernel/contract';

export const ACCOUNT_CONTRACT = {
  AccountOpened: event(z.strictObject({ organizationId: z.string(), alias: z.string().optional() })),
  MoneyPaidIn: event(z.strictObject({ amount: z.int(), remark: personal(z.string()).optional() })),
  MoneyTaken: event(z.strictObject({ amount: z.int() })),
  AliasTaken: event(z.strictObject({ alias: z.string() })),
  RoomBooked: event(z.strictObject({ room: z.string(), from: z.iso.datetime(), to: z.iso.datetime() })),
  AccountClosed: event(z.strictObject({})),
};

export type AccountEvent = EventsOf<typeof ACCOUNT_CONTRACT>;

const amount = { amount: whole(1, 1_000_000) };
const alias = line(80);

export const ACCOUNT_COMMANDS = {
  OpenAccount: creates('Open an account', { organizationId: line(80), alias: alias.optional() }),
  PayIn: acts('pay-in', 'Put money in', { ...amount, remark: line(200).optional() }),
  Take: acts('take', 'Take money out', amount),
  TakeAlias: acts('take-alias', 'Be called by another name', { alias }),
  BookRoom: acts('book-room', 'Have a room for a time', { room: line(80), from: instant(), to: instant() }),
  CloseAccount: acts('close', 'Close the account'),
};

export type AccountCommand = CommandsOf<typeof ACCOUNT_COMMANDS>;
