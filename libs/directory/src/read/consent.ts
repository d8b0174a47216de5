/** Patients' consents and restrictions. Guards ask for them; no list shows them yet. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { ConsentEvent, PURPOSES } from '../contract/events.js';

export interface ConsentRow {
  readonly id: string;
  readonly patient_id: string;
  readonly kind: 'granted' | 'restricted' | 'withdrawn';
  readonly purposes: readonly (typeof PURPOSES)[number][];
  readonly organization_ids: readonly string[];
  /** Days of a consent, as it was granted. A restriction has none: it acts at once, and so does a withdrawal. */
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly version: number;
}

export const consentModel = readModel<ConsentRow, ConsentEvent>({
  name: 'consent',
  version: 3,
  columns: {
    id: 'text',
    patient_id: 'text',
    kind: 'text',
    purposes: 'text[]',
    organization_ids: 'text[]',
    valid_from: 'text',
    valid_to: 'text',
    version: 'integer',
  },
  indexes: ['(patient_id)'],
  takes: ['ConsentGranted', 'ConsentRestricted', 'ConsentWithdrawn', 'ConsentMoved'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version } = event;
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
          version,
        };
      }
      case 'ConsentWithdrawn':
        return before && { ...before, kind: 'withdrawn', version };
      case 'ConsentMoved':
        return undefined;
    }
  },
});
