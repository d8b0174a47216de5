/** What was recorded on others' records while a record was merged into them, and nobody has said yet whose it is. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { PatientEvent } from '../../contract/events.js';
import type { FactCategory } from '../../contract/facts.js';

export interface UnassignedRow {
  readonly id: string;
  /** The record that was merged, and may be whose it is. */
  readonly patient_id: string;
  /** The record that it was recorded on. */
  readonly on_patient_id: string;
  readonly category: FactCategory;
  readonly fact_id: string;
  /** When the merge was undone. */
  readonly since: string;
  /** It was said to be of the first, and has not arrived there. */
  readonly moving: boolean;
}

type Event = Extract<
  PatientEvent,
  { type: 'PatientFactsUnassigned' | 'PatientFactAssigned' | 'PatientFactMoved' }
>;

const factsIn = (event: Event): readonly { readonly category: FactCategory; readonly id: string }[] =>
  event.type === 'PatientFactsUnassigned' ? event.data.facts : [event.data];

const rowId = (patientId: string, { category, id }: { category: FactCategory; id: string }): string =>
  [patientId, category, id].join('/');

export const unassignedModel = readModel<UnassignedRow, Event>({
  name: 'patient_unassigned',
  version: 1,
  columns: {
    id: 'text',
    patient_id: 'text',
    on_patient_id: 'text',
    category: 'text',
    fact_id: 'text',
    since: 'text',
    moving: 'boolean',
  },
  indexes: ['(fact_id)', '(patient_id)', '(on_patient_id)'],
  takes: ['PatientFactsUnassigned', 'PatientFactAssigned', 'PatientFactMoved'],
  rowsOf: (event) => factsIn(event).map((fact) => rowId(idOf(event.stream), fact)),
  fold: (row, event, id) => {
    const patientId = idOf(event.stream);
    switch (event.type) {
      case 'PatientFactsUnassigned': {
        const fact = event.data.facts.find((one) => rowId(patientId, one) === id);
        if (row !== undefined || fact === undefined) return row;
        return {
          id,
          patient_id: patientId,
          on_patient_id: fact.patientId,
          category: fact.category,
          fact_id: fact.id,
          since: event.occurredAt,
          moving: false,
        };
      }
      case 'PatientFactAssigned':
        return event.data.assignment === 'moves' && row !== undefined ? { ...row, moving: true } : undefined;
      case 'PatientFactMoved':
        return undefined;
    }
  },
});
