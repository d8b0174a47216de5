/** The deadlines of an order that stand: what is due next, and whose it is. */
import { idOf, type Instant } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import { DEADLINE_CONTRACT, type DeadlineEvent, type DeadlineSide } from '../contract/events.js';
import type { DeadlineName } from '../contract/policy.js';

/** Its time, or null while it stands still. */
export interface StandingDeadline {
  readonly name: DeadlineName;
  readonly side: DeadlineSide;
  readonly dueAt: Instant | null;
  readonly missed: boolean;
}

export interface DeadlineRow {
  /** Of the order. */
  readonly id: string;
  readonly deadlines: readonly StandingDeadline[];
  readonly next_due_at: Instant | null;
  readonly version: number;
}

type Deadlines = DeadlineRow['deadlines'];

const changed = (all: Deadlines, name: DeadlineName, change: Partial<StandingDeadline>): Deadlines =>
  all.map((one) => (one.name === name ? { ...one, ...change } : one));

const after = (all: Deadlines, { type, data }: DeadlineEvent): Deadlines => {
  const { name } = data;
  switch (type) {
    case 'DeadlineSet': {
      const { side, dueAt } = data;
      return [...all.filter((one) => one.name !== name), { name, side, dueAt, missed: false }];
    }
    case 'DeadlinePaused':
      return changed(all, name, { dueAt: null });
    case 'DeadlineResumed':
      return changed(all, name, { dueAt: data.dueAt });
    case 'DeadlineMissed':
      return changed(all, name, { missed: true });
    case 'DeadlineMet':
    case 'DeadlineCalledOff':
      return all.filter((one) => one.name !== name);
  }
};

/** Of those whose clock runs, the first. */
export const nextOf = (all: Deadlines): (StandingDeadline & { readonly dueAt: Instant }) | undefined =>
  all
    .flatMap((one) => (one.dueAt === null ? [] : [{ ...one, dueAt: one.dueAt }]))
    .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];

export const deadlineModel = readModel<DeadlineRow, DeadlineEvent>({
  name: 'deadline',
  version: 1,
  columns: { id: 'text', deadlines: 'jsonb', next_due_at: 'text', version: 'integer' },
  indexes: ['(next_due_at)'],
  takes: Object.keys(DEADLINE_CONTRACT) as DeadlineEvent['type'][],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (row, event, id) => {
    const deadlines = after(row?.deadlines ?? [], event);
    return { id, deadlines, next_due_at: nextOf(deadlines)?.dueAt ?? null, version: event.version };
  },
});
