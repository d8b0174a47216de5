/** What was last said of each record's being one person's with another: proposed, merged, or undone, by whom and why. */
import { idOf, type Role } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { PatientEvent } from '../../contract/events.js';

/** `undone` also of what was only proposed. */
export const MERGE_STATES = ['proposed', 'merged', 'undone'] as const;

export type MergeState = (typeof MERGE_STATES)[number];

/** Who said it, when and why. */
export interface Said {
  readonly at: string;
  readonly by: string;
  readonly role: Role;
  readonly organization_id: string | null;
  readonly reason: string;
}

export interface MergeRow {
  /** The record that is merged away. */
  readonly id: string;
  readonly into_id: string;
  readonly state: MergeState;
  /** When the last of these was said. */
  readonly at: string;
  readonly proposed: Said | null;
  readonly merged: Said | null;
  readonly undone: Said | null;
}

type MergeEvent = Extract<
  PatientEvent,
  { type: 'PatientMergeProposed' | 'PatientMerged' | 'PatientMergeReversed' }
>;

export const mergeModel = readModel<MergeRow, MergeEvent>({
  name: 'patient_merge',
  version: 1,
  columns: {
    id: 'text',
    into_id: 'text',
    state: 'text',
    at: 'text',
    proposed: 'jsonb',
    merged: 'jsonb',
    undone: 'jsonb',
  },
  indexes: ['(at desc, id)', '(into_id)'],
  takes: ['PatientMergeProposed', 'PatientMerged', 'PatientMergeReversed'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (row, event, id) => {
    const { survivorId, reason } = event.data;
    const at = event.recordedAt;
    const said: Said = {
      at,
      by: event.actor.sub,
      role: event.actor.role,
      organization_id: event.actor.organizationId ?? null,
      reason,
    };
    switch (event.type) {
      case 'PatientMergeProposed':
        return { id, into_id: survivorId, state: 'proposed', at, proposed: said, merged: null, undone: null };
      case 'PatientMerged': {
        const proposed = row?.state === 'proposed' && row.into_id === survivorId ? row.proposed : null;
        return { id, into_id: survivorId, state: 'merged', at, proposed, merged: said, undone: null };
      }
      case 'PatientMergeReversed':
        return row && { ...row, state: 'undone', at, undone: said };
    }
  },
});
