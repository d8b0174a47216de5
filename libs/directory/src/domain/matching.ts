/** Saying that two records which are alike are of two people. That they are of one is said by merging them. */
import { happened, type Decision, type DecisionContext } from '@fascia/kernel';
import type { PatientCommandOf } from '../contract/commands.js';
import type { PatientEvent } from '../contract/events.js';
import { refuse } from '../contract/refusals.js';
import type { Patient } from './patient.state.js';

/** Said in one of the two streams alone, so that it is known where to look: in that of the smaller id. */
export const dismissMatch = (
  { otherId, reason }: PatientCommandOf<'DismissMatch'>,
  { dismissed }: Patient,
  { id, facts }: DecisionContext<{ readonly otherKnown?: boolean | undefined }>,
): Decision<PatientEvent> => {
  const unfit = (detail: string) => refuse('MATCH_INVALID', detail, { pointer: '/otherId' });
  if (otherId <= id) return unfit('A match is dismissed on the record with the smaller id of two.');
  if (facts.otherKnown !== true)
    return unfit('There is no such record that stands for itself, or your organisation is nothing to it.');
  return dismissed.includes(otherId)
    ? happened()
    : happened({ type: 'PatientMatchDismissed', data: { otherId, reason } });
};
