/** What happened to a patient, one row an event, across all contexts. Codes and references only: details are one click away. */
import { categoryOf, idOf, type Category, type Role } from '@fascia/kernel';
import { readModel, type ReadModel } from '@fascia/read-store';

export interface TimelineRow {
  readonly id: string;
  readonly patient_id: string;
  readonly at: string;
  readonly recorded_at: string;
  readonly type: string;
  readonly category: Category;
  readonly subject_id: string;
  readonly by: string;
  readonly role: Role;
  readonly organization_id: string | null;
}

/** @param takes the event types of every context whose events concern a patient */
export const timelineModel = (takes: readonly string[]): ReadModel =>
  readModel<TimelineRow, { type: string; data: object }>({
    name: 'patient_timeline',
    version: 1,
    columns: {
      id: 'text',
      patient_id: 'text',
      at: 'text',
      recorded_at: 'text',
      type: 'text',
      category: 'text',
      subject_id: 'text',
      by: 'text',
      role: 'text',
      organization_id: 'text',
    },
    indexes: ['(patient_id, at desc, id)'],
    takes,
    rowsOf: (event) => (event.patientId === undefined ? [] : [event.id]),
    fold: (_row, event, id) => ({
      id,
      patient_id: event.patientId ?? '',
      at: event.occurredAt,
      recorded_at: event.recordedAt,
      type: event.type,
      category: categoryOf(event.stream),
      subject_id: idOf(event.stream),
      by: event.actor.sub,
      role: event.actor.role,
      organization_id: event.actor.organizationId ?? null,
    }),
  });
