/**
 * The shape of a process manager: events in, commands out. One instance per referral; its stream remembers
 * every input it handled, so that nothing is asked for twice and an auditor can ask why a task appeared.
 */
import type { Category, Envelope } from '@fascia/kernel';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Memory = Readonly<Record<string, Json>>;

export interface RequestedCommand {
  readonly category: Category;
  readonly id: string;
  /** A command of that category's aggregate. Ids, codes and fixed sentences only: process streams are not sealed. */
  readonly command: { readonly type: string } & Memory;
}

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
