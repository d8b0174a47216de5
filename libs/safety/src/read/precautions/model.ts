/** Precautions by patient: what files proposed, and what people made of it. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type {
  CODE_SYSTEMS,
  ENDINGS,
  ORIGINS,
  PrecautionEvent,
  PrecautionSaid,
} from '../../contract/precaution.events.js';
import type { PrecautionStage } from '../../contract/precaution.lifecycle.js';

export interface PrecautionRow {
  readonly id: string;
  readonly patient_id: string;
  readonly status: Exclude<PrecautionStage, 'none'>;
  readonly catalogue_id: string;
  readonly system: string;
  readonly origin: (typeof ORIGINS)[number];
  readonly code_system: (typeof CODE_SYSTEMS)[number];
  readonly code: string;
  readonly since: string | null;
  readonly ended: boolean;
  readonly ended_on: string | null;
  /** How its source ended it. */
  readonly ended_why: (typeof ENDINGS)[number] | null;
  /** Why it was dismissed. */
  readonly reason: string | null;
  readonly proposed_at: string;
  readonly settled_at: string | null;
  readonly version: number;
}

const says = ({
  since,
  ended,
  endedOn,
}: PrecautionSaid): Pick<PrecautionRow, 'since' | 'ended' | 'ended_on'> => ({
  since: since ?? null,
  ended,
  ended_on: endedOn ?? null,
});

export const precautionModel = readModel<PrecautionRow, PrecautionEvent>({
  name: 'precaution',
  version: 2,
  columns: {
    id: 'text',
    patient_id: 'text',
    status: 'text',
    catalogue_id: 'text',
    system: 'text',
    origin: 'text',
    code_system: 'text',
    code: 'text',
    since: 'text',
    ended: 'boolean',
    ended_on: 'text',
    ended_why: 'text',
    reason: 'text',
    proposed_at: 'text',
    settled_at: 'text',
    version: 'integer',
  },
  indexes: ['(patient_id, status)'],
  takes: [
    'PrecautionProposed',
    'PrecautionRestated',
    'PrecautionSourceEnded',
    'PrecautionConfirmed',
    'PrecautionDismissed',
  ],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version, occurredAt } = event;
    if (event.type === 'PrecautionProposed') {
      const { patientId, catalogueId, system, from, code } = event.data;
      return {
        id,
        patient_id: patientId,
        status: 'proposed',
        catalogue_id: catalogueId,
        system,
        origin: from,
        code_system: code.system,
        code: code.code,
        ...says(event.data),
        ended_why: null,
        reason: null,
        proposed_at: occurredAt,
        settled_at: null,
        version,
      };
    }
    if (before === undefined) return before;
    switch (event.type) {
      case 'PrecautionEndReceived':
        return before;
      case 'PrecautionRestated':
        return { ...before, ...says(event.data), ended_why: null, version };
      case 'PrecautionSourceEnded': {
        const { why, endedOn = null } = event.data;
        const isOpen = before.status === 'proposed';
        return {
          ...before,
          ended: true,
          ended_on: endedOn,
          ended_why: why,
          ...(isOpen ? { status: 'dismissed', settled_at: occurredAt } : {}),
          version,
        };
      }
      case 'PrecautionConfirmed':
        return { ...before, status: 'confirmed', reason: null, settled_at: occurredAt, version };
      case 'PrecautionDismissed':
        return { ...before, status: 'dismissed', reason: event.data.reason, settled_at: occurredAt, version };
    }
  },
});
