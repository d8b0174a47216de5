/** Patients' consents and restrictions. Guards ask for them; no list shows them yet. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { ConsentEvent, PURPOSES } from '../contract/events.js';
import type { SharingSaid } from '../contract/sharing.js';

export interface ConsentRow {
  readonly id: string;
  readonly patient_id: string;
  readonly kind: 'granted' | 'restricted' | 'withdrawn';
  readonly purposes: readonly (typeof PURPOSES)[number][];
  readonly organization_ids: readonly string[];
  /** Days of a consent, as it was granted. A restriction has none: it acts at once, and so does a withdrawal. */
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  /** When it was granted, restricted or withdrawn: what was said last counts. */
  readonly said_at: string;
  readonly version: number;
}

/** As rules about sharing take it. */
export const sharingSaidIn = (row: ConsentRow): SharingSaid => ({
  kind: row.kind,
  purposes: row.purposes,
  organizationIds: row.organization_ids,
  saidAt: row.said_at,
});

export const consentModel = readModel<ConsentRow, ConsentEvent>({
  name: 'consent',
  version: 4,
  columns: {
    id: 'text',
    patient_id: 'text',
    kind: 'text',
    purposes: 'text[]',
    organization_ids: 'text[]',
    valid_from: 'text',
    valid_to: 'text',
    said_at: 'text',
    version: 'integer',
  },
  indexes: ['(patient_id)'],
  takes: ['ConsentGranted', 'ConsentRestricted', 'ConsentWithdrawn', 'ConsentMoved'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version, occurredAt } = event;
    switch (event.type) {
      case 'ConsentGranted': {
        const { patientId, purposes, organizationIds, from, to } = event.data;
        return {
          id,
          patient_id: patientId,
          kind: 'granted',
          purposes,
          organization_ids: organizationIds,
          valid_from: from,
          valid_to: to ?? null,
          said_at: occurredAt,
          version,
        };
      }
      case 'ConsentRestricted': {
        const { patientId, organizationIds } = event.data;
        return {
          id,
          patient_id: patientId,
          kind: 'restricted',
          purposes: [],
          organization_ids: organizationIds,
          valid_from: null,
          valid_to: null,
          said_at: occurredAt,
          version,
        };
      }
      case 'ConsentWithdrawn':
        return before && { ...before, kind: 'withdrawn', said_at: occurredAt, version };
      case 'ConsentMoved':
        return undefined;
    }
  },
});
