/**
 * T-SIGN: a note that its therapist has not signed for some days is asked of everybody at the clinic who may sign for them: they may be
 * away, or gone (docs/domain/processes.md#notes).
 */
import { instantAfterDays } from '@fascia/clinical/calendar';
import { idOf } from '@fascia/kernel';
import { taskIdFor, THERAPIST } from './task-rows.js';
import type { EventNamed, Process, Requested, Timer } from '../process.js';

type Input = EventNamed<
  'SessionScheduled' | 'SessionEnteredLate' | 'SessionPerformed' | 'SessionSigned' | 'SessionVoided'
>;
type Gives = Requested<'task', 'ReassignTask'> | Timer<'T-SIGN'>;

type State = {
  readonly clinic: string | null;
  /** That asks for the signature. */
  readonly taskId: string | null;
};

/** @param days after which a note has waited long enough for its therapist */
export const shareUnsignedNotes = (days: number): Process<Input, State, Gives> => ({
  name: 'share-unsigned-notes',
  takes: ['SessionScheduled', 'SessionEnteredLate', 'SessionPerformed', 'SessionSigned', 'SessionVoided'],
  initial: { clinic: null, taskId: null },
  instanceOf: ({ stream }) => ({ category: 'session', id: idOf(stream) }),
  react: (event, { memory: { clinic, taskId } }) => {
    switch (event.type) {
      case 'SessionScheduled':
      case 'SessionEnteredLate':
        return { noted: { clinic: event.data.organizationId } };
      case 'SessionPerformed':
        return {
          noted: { taskId: taskIdFor('SIGN_SESSION', idOf(event.stream), event.id) },
          gives: [{ set: 'T-SIGN', dueAt: instantAfterDays(event.occurredAt, days) }],
        };
      case 'TimerFired':
        return clinic === null || taskId === null
          ? {}
          : {
              gives: [
                {
                  category: 'task',
                  id: taskId,
                  command: { type: 'ReassignTask', organizationIds: [clinic], roles: [...THERAPIST] },
                },
              ],
            };
      default:
        return { gives: [{ cancel: 'T-SIGN' }] };
    }
  },
});
