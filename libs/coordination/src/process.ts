/**
 * The shape of a process manager: events in, commands out. One instance per referral; its stream remembers
 * every input it handled, so that nothing is asked for twice and an auditor can ask why a task appeared.
 */
import type { Envelope } from '@fascia/kernel';
import type { PlanCommand } from '@fascia/plan/contract';
import type { ReferralCommand } from '@fascia/referral/contract';
import type { FlagCommand } from '@fascia/safety/contract';
import type { SessionCommand } from '@fascia/session/contract';
import type { TaskCommand } from '@fascia/task/contract';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Memory = Readonly<Record<string, Json>>;

/** Of what processes ask, and what of it. */
interface Askable {
  readonly referral: ReferralCommand['type'];
  readonly plan: PlanCommand['type'];
  readonly session: SessionCommand['type'];
  readonly flag: FlagCommand['type'];
  readonly task: TaskCommand['type'];
}

/**
 * A command of that category's aggregate, in the shape that its contract declares: it is checked before it is given. Ids, codes and
 * fixed sentences only: process streams are not sealed.
 */
export type RequestedCommand = {
  [C in keyof Askable]: {
    readonly category: C;
    readonly id: string;
    readonly command: { readonly type: Askable[C] } & Memory;
  };
}[keyof Askable];

/** What a process asks of one category. */
export type RequestedOf<C extends keyof Askable> = Extract<RequestedCommand, { readonly category: C }>;

export interface ProcessState {
  readonly memory: Memory;
  /** Commands asked for so far, oldest first. */
  readonly requested: readonly RequestedCommand[];
}

export interface Reaction {
  /** Merged over what is remembered. */
  readonly noted?: Memory;
  readonly commands?: readonly RequestedCommand[];
}

export interface ProcessManager {
  readonly name: string;
  readonly takes: readonly string[];
  /** Pure: the same state and event ask for the same commands. */
  react(event: Envelope, state: ProcessState, referralId: string): Reaction;
}
