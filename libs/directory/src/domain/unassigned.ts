/** What was recorded on another person's record while this one was merged into it: a person says of each whose it is. */
import { happened, uuidFrom, type Decision, type DecisionContext } from '@fascia/kernel';
import type { PatientCommandOf } from '../contract/commands.js';
import type { PatientEvent } from '../contract/events.js';
import { MOVABLE_FACTS, type FactCategory, type UnassignedFact } from '../contract/facts.js';
import { refuse } from '../contract/refusals.js';
import type { Patient } from './patient.state.js';

const isSame =
  (category: FactCategory, factId: string) =>
  (one: UnassignedFact): boolean =>
    one.category === category && one.id === factId;

const isMovable = (category: FactCategory): boolean => MOVABLE_FACTS.some((one) => one === category);

const NOT_MOVABLE =
  'It cannot be moved by itself: end it where it is, record it on this record, and say that it is seen to.';

export const assignFact = (
  { category, factId, assignment, reason }: PatientCommandOf<'AssignFact'>,
  { unassigned }: Patient,
  { id }: DecisionContext<unknown>,
): Decision<PatientEvent> => {
  const fact = unassigned.find(isSame(category, factId));
  if (fact === undefined)
    return refuse('FACT_NOT_UNASSIGNED', 'Nothing of this name was left, or it is settled.', {
      pointer: '/factId',
    });
  const { moving = false, ...named } = fact;
  if (assignment === 'moves' && !isMovable(category))
    return refuse('FACT_NOT_MOVABLE', NOT_MOVABLE, { pointer: '/assignment' });
  // May have arrived: what was begun is finished.
  if (moving && assignment !== 'moves')
    return refuse('FACT_MOVING', 'It was said to be of this record, and is on its way here.');
  const toId = assignment === 'moves' ? { toId: uuidFrom('moved', category, factId, id) } : {};
  return happened({ type: 'PatientFactAssigned', data: { ...named, assignment, ...toId, reason } });
};

export const noteFactMoved = (
  { category, factId }: PatientCommandOf<'NoteFactMoved'>,
  { unassigned }: Patient,
): Decision<PatientEvent> =>
  unassigned.some(isSame(category, factId))
    ? happened({ type: 'PatientFactMoved', data: { category, id: factId } })
    : happened();

/** What waits to be assigned after an event that says something of it. */
export const unassignedAfter = (
  { unassigned }: Patient,
  fact: Extract<
    PatientEvent,
    { type: 'PatientFactsUnassigned' | 'PatientFactAssigned' | 'PatientFactMoved' }
  >,
): Patient['unassigned'] => {
  if (fact.type === 'PatientFactsUnassigned') {
    const isKnown = ({ category, id }: UnassignedFact) => unassigned.some(isSame(category, id));
    return [...unassigned, ...fact.data.facts.filter((one) => !isKnown(one))];
  }
  const isIt = isSame(fact.data.category, fact.data.id);
  return fact.type === 'PatientFactAssigned' && fact.data.assignment === 'moves'
    ? unassigned.map((one) => (isIt(one) ? { ...one, moving: true } : one))
    : unassigned.filter((one) => !isIt(one));
};
