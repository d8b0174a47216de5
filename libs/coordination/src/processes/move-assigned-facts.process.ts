/**
 * What a person assigned to another record moves there: it is taken over first, and then ends where it was, so that at no time it is on
 * neither (docs/domain/people.md#what-came-while-records-were-one). The list of what is unassigned is told when it has arrived.
 */
import { idOf } from '@fascia/kernel';
import type { EventNamed, Process, Requested, Taken } from '../process.js';

type Arrived = EventNamed<'RedFlagMoved' | 'DiagnosisMoved' | 'ConsentMoved'>;
type Input = EventNamed<'PatientFactAssigned'> | Arrived;
type Gives =
  | Requested<'flag', 'TakeOverFlag' | 'MoveFlag'>
  | Requested<'diagnosis', 'TakeOverDiagnosis' | 'MoveDiagnosis'>
  | Requested<'consent', 'TakeOverConsent' | 'MoveConsent'>
  | Requested<'patient', 'NoteFactMoved'>;

/** In this order: the second is refused as long as the first was not done. */
const moving = ({ stream, data }: Taken<EventNamed<'PatientFactAssigned'>>): readonly Gives[] => {
  const { category, id: fromId, toId } = data;
  if (toId === undefined) return [];
  const toPatientId = idOf(stream);
  const [there, here] = [
    { patientId: toPatientId, fromId },
    { toPatientId, toId },
  ];
  switch (category) {
    case 'flag':
      return [
        { category, id: toId, command: { type: 'TakeOverFlag', ...there } },
        { category, id: fromId, command: { type: 'MoveFlag', ...here } },
      ];
    case 'diagnosis':
      return [
        { category, id: toId, command: { type: 'TakeOverDiagnosis', ...there } },
        { category, id: fromId, command: { type: 'MoveDiagnosis', ...here } },
      ];
    case 'consent':
      return [
        { category, id: toId, command: { type: 'TakeOverConsent', ...there } },
        { category, id: fromId, command: { type: 'MoveConsent', ...here } },
      ];
    default:
      return [];
  }
};

const KINDS = { RedFlagMoved: 'flag', DiagnosisMoved: 'diagnosis', ConsentMoved: 'consent' } as const;

const noting = (patientId: string, category: (typeof KINDS)[Arrived['type']], factId: string): Gives => ({
  category: 'patient',
  id: patientId,
  command: { type: 'NoteFactMoved', category, factId },
});

export const moveAssignedFacts: Process<Input, Record<never, never>, Gives> = {
  name: 'move-assigned-facts',
  takes: ['PatientFactAssigned', 'RedFlagMoved', 'DiagnosisMoved', 'ConsentMoved'],
  initial: {},
  instanceOf: (event) => ({
    category: 'patient',
    id: event.type === 'PatientFactAssigned' ? idOf(event.stream) : event.data.toPatientId,
  }),
  react: (event) => ({
    gives:
      event.type === 'PatientFactAssigned'
        ? moving(event)
        : [noting(event.data.toPatientId, KINDS[event.type], idOf(event.stream))],
  }),
  // It had gone to somebody else before: nobody waits for it any more.
  refused: ({ asked, code }) =>
    asked.category !== 'patient' && 'fromId' in asked.command && code === 'FACT_MOVED'
      ? { gives: [noting(asked.command.patientId, asked.category, asked.command.fromId)] }
      : {},
};
