/**
 * A death ends what is open, and everybody who is something to the patient is told (docs/domain/processes.md#death). Each referral ends
 * by the transition that its stage has for it: withdrawn before it was accepted, cancelled without waiting for an answer afterwards.
 * What ended stays ended when the death is retracted.
 */
import { idOf, uuidFrom, type Role } from '@fascia/kernel';
import type { EventNamed, Process, Requested, Taken } from '../process.js';

type Input = EventNamed<'PatientDeathRecorded' | 'PatientDeathRetracted'>;
type Ending = Requested<'referral', 'WithdrawReferral' | 'RequestCancellation' | 'ConfirmCancellation'>;
type Gives = Ending | Requested<'task', 'CreateTask'>;

type State = {
  /** Whether people were told of it, and of no retraction since. */
  readonly told: boolean;
};

const REASON = 'The patient died.';
const NOTES = {
  PatientDeathRecorded: 'The patient died: referrals that were open end, and visits to come are cancelled.',
  PatientDeathRetracted:
    'That the patient died was retracted. What ended with it stays ended: refer again where care is wanted.',
} as const;

const ASKED: readonly Role[] = ['physician', 'coordinator', 'therapist'];

const ending = (id: string, command: Ending['command']): Ending => ({ category: 'referral', id, command });

/** One task for each organisation: what one of them has done says nothing of the others. */
const telling = ({ id, type, stream, data, patientId }: Taken<Input>): readonly Gives[] =>
  data.organizationIds.map((organizationId) => ({
    category: 'task',
    id: uuidFrom('task', type, organizationId, id),
    command: {
      type: 'CreateTask',
      taskType: 'GENERAL',
      ...(patientId === undefined ? {} : { patientId }),
      subject: { category: 'patient', id: idOf(stream) },
      assignment: { organizationIds: [organizationId], roles: [...ASKED] },
      priority: 'urgent',
      note: NOTES[type],
      sourceEventId: id,
    },
  }));

export const endCareOnDeath: Process<Input, State, Gives> = {
  name: 'end-care-on-death',
  takes: ['PatientDeathRecorded', 'PatientDeathRetracted'],
  initial: { told: false },
  instanceOf: ({ stream }) => ({ category: 'patient', id: idOf(stream) }),
  react: (event, { memory: { told } }) => {
    if (event.type === 'PatientDeathRetracted') return { noted: { told: false }, gives: telling(event) };
    return {
      noted: { told: true },
      gives: [
        ...event.data.openReferralIds.map((id) =>
          ending(id, { type: 'WithdrawReferral', reason: REASON, deceased: true }),
        ),
        // A date that is corrected is no news.
        ...(told ? [] : telling(event)),
      ],
    };
  },
  refused: ({ asked }) => {
    if (asked.category !== 'referral') return {};
    switch (asked.command.type) {
      case 'WithdrawReferral':
        return { gives: [ending(asked.id, { type: 'RequestCancellation', reason: REASON, deceased: true })] };
      case 'RequestCancellation':
        // Asked for before the death.
        return { gives: [ending(asked.id, { type: 'ConfirmCancellation' })] };
      case 'ConfirmCancellation':
        return {};
    }
  },
};
