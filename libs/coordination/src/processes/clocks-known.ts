/** What an instance knows of the clocks of its order, and what it may ask for. */
import type { DeadlineCommand, DeadlineName } from '@fascia/deadline/contract';
import type { Instant } from '@fascia/kernel';
import type { Requested, Timer } from '../process.js';
import { DEADLINE_ROWS, type DeadlineRow, type Standing } from './deadline-rows.js';
import type { Known } from './order-known.js';

/** Looked at again: once it was missed, or where the product was told no. */
export type Clock = DeadlineName | `${DeadlineName} again`;

export type Gives =
  | Requested<'deadline', DeadlineCommand['type']>
  | Requested<'task', 'CreateTask' | 'CompleteTask' | 'CancelTask'>
  | Requested<'referral', 'DeclineReferral' | 'ConfirmCancellation' | 'ExpireReferral'>
  | Timer<Clock>;

export type Noted = Known & {
  readonly standing: Standing;
  /** Since when each runs: who waits is told again after as long. */
  readonly startedAt: Readonly<Partial<Record<DeadlineName, Instant>>>;
  /** When it was looked at last. */
  readonly looked: Readonly<Partial<Record<DeadlineName, Instant>>>;
  /** Those who were told of it, by task. */
  readonly told: Readonly<Partial<Record<DeadlineName, readonly string[]>>>;
};

export const rowOf = (name: DeadlineName): DeadlineRow | undefined =>
  DEADLINE_ROWS.find(({ deadline }) => deadline === name);

export const isStanding = ({ standing }: Noted, name: DeadlineName): boolean => standing[name] !== undefined;

export const without = <T>(all: Readonly<Partial<Record<DeadlineName, T>>>, gone: readonly DeadlineName[]) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !gone.some((one) => one === name))) as Readonly<
    Partial<Record<DeadlineName, T>>
  >;

export const asked = (
  referralId: string,
  command: Requested<'deadline', DeadlineCommand['type']>['command'],
): Gives => ({ category: 'deadline', id: referralId, command });
