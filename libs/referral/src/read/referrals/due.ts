/** The clocks of an order in its row: what is due next, and whose it is. */
import { DEADLINE_CONTRACT, type DeadlineEvent, type DeadlineName } from '@fascia/deadline/contract';
import type { Envelope, Instant } from '@fascia/kernel';
import type { ReferralRow, StandingDeadline } from './row.js';

export const DEADLINE_EVENTS = Object.keys(DEADLINE_CONTRACT) as readonly DeadlineEvent['type'][];

export const isOfDeadline = (event: Envelope): event is Envelope<DeadlineEvent> =>
  DEADLINE_EVENTS.some((type) => type === event.type);

type Deadlines = ReferralRow['deadlines'];

const changed = (all: Deadlines, name: DeadlineName, change: Partial<StandingDeadline>): Deadlines =>
  all.map((one) => (one.name === name ? { ...one, ...change } : one));

const after = (all: Deadlines, { type, data }: Envelope<DeadlineEvent>): Deadlines => {
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

/** The order itself is what it was: nobody who read it before has to read it again to act. */
export const dueAfter = (row: ReferralRow, event: Envelope<DeadlineEvent>): ReferralRow => {
  const deadlines = after(row.deadlines, event);
  return { ...row, deadlines, next_due_at: nextOf(deadlines)?.dueAt ?? null };
};
