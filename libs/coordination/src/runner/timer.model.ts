/** The timers that are set, as rows: where a due one is found. What decides is the instance's stream; a row may be a moment old. */
import { idOf, type Envelope, type Instant } from '@fascia/kernel';
import { readModel, type ReadModel } from '@fascia/read-store';
import type { ProcessEventOf } from '../contract.js';

export interface TimerRow {
  /** Of the instance, and the timer's name. */
  readonly id: string;
  readonly instance: string;
  readonly timer: string;
  readonly due_at: Instant;
  /** The event that set it. */
  readonly set_by: string;
}

type TimerEvent = ProcessEventOf<'TimerSet' | 'TimerCancelled' | 'TimerFired'>;

const rowId = ({ stream, data }: Envelope<TimerEvent>): string => `${idOf(stream)}/${data.timer}`;

/** What is due is asked by `due_at`, in order. */
export const timerModel: ReadModel = readModel<TimerRow, TimerEvent>({
  name: 'timer',
  version: 1,
  columns: { id: 'text', instance: 'text', timer: 'text', due_at: 'text', set_by: 'text' },
  indexes: ['(due_at, id)'],
  takes: ['TimerSet', 'TimerCancelled', 'TimerFired'],
  rowsOf: (event) => [rowId(event)],
  fold: (_row, event, id) =>
    event.type === 'TimerSet'
      ? {
          id,
          instance: idOf(event.stream),
          timer: event.data.timer,
          due_at: event.data.dueAt,
          set_by: event.id,
        }
      : undefined,
});
