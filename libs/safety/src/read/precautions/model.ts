/** Precautions by patient: what files proposed and people recorded, and what people made of it. */
import type { BodySite } from '@fascia/clinical';
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type {
  Circumstances,
  CODE_SYSTEMS,
  ENDINGS,
  ORIGINS,
  PRECAUTION_SOURCES,
  PrecautionClearance,
  PrecautionEvent,
  PrecautionSaid,
} from '../../contract/precaution.events.js';
import type { PrecautionStage } from '../../contract/precaution.lifecycle.js';

export interface PrecautionRow {
  readonly id: string;
  readonly patient_id: string;
  readonly status: Exclude<PrecautionStage, 'none'>;
  readonly catalogue_id: string;
  /** Of a file: which, from what, by which code. */
  readonly system: string | null;
  readonly origin: (typeof ORIGINS)[number] | null;
  readonly code_system: (typeof CODE_SYSTEMS)[number] | null;
  readonly code: string | null;
  /** Of a person: how they came to know. */
  readonly source: (typeof PRECAUTION_SOURCES)[number] | null;
  readonly note: string | null;
  readonly site: BodySite | null;
  /** As people say it; what a file says is kept beside it. */
  readonly since: string | null;
  readonly source_since: string | null;
  readonly began_at: string | null;
  readonly details: readonly string[];
  readonly ended: boolean;
  readonly ended_on: string | null;
  /** How its source ended it. */
  readonly ended_why: (typeof ENDINGS)[number] | null;
  /** Why it was dismissed or resolved. */
  readonly reason: string | null;
  readonly evidence: string | null;
  /** The last that was given and not taken back. */
  readonly clearance: PrecautionClearance | null;
  /** Proposed, or recorded. */
  readonly proposed_at: string;
  readonly settled_at: string | null;
  readonly version: number;
}

const says = ({
  since,
  ended,
  endedOn,
}: PrecautionSaid): Pick<PrecautionRow, 'source_since' | 'ended' | 'ended_on'> => ({
  source_since: since ?? null,
  ended,
  ended_on: endedOn ?? null,
});

const specified = ({
  site,
  since,
  beganAt,
  details,
}: Circumstances): Pick<PrecautionRow, 'site' | 'since' | 'began_at' | 'details'> => ({
  site: site ?? null,
  since: since ?? null,
  began_at: beganAt ?? null,
  details,
});

const UNSAID = {
  system: null,
  origin: null,
  code_system: null,
  code: null,
  source: null,
  note: null,
  site: null,
  since: null,
  source_since: null,
  began_at: null,
  details: [],
  ended: false,
  ended_on: null,
  ended_why: null,
  reason: null,
  evidence: null,
  clearance: null,
  settled_at: null,
} as const;

type Begins = Extract<PrecautionEvent, { type: 'PrecautionProposed' | 'PrecautionRecorded' }>;

const begun = (event: Begins): Omit<PrecautionRow, 'id' | 'proposed_at' | 'version'> => {
  const { patientId, catalogueId } = event.data;
  const row = { ...UNSAID, patient_id: patientId, catalogue_id: catalogueId };
  if (event.type === 'PrecautionRecorded') {
    const { source, note } = event.data;
    return { ...row, status: 'confirmed', source, note: note ?? null, ...specified(event.data) };
  }
  const { system, from, code } = event.data;
  return {
    ...row,
    status: 'proposed',
    system,
    origin: from,
    code_system: code.system,
    code: code.code,
    ...says(event.data),
  };
};

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
    source: 'text',
    note: 'text',
    site: 'jsonb',
    since: 'text',
    source_since: 'text',
    began_at: 'text',
    details: 'jsonb',
    ended: 'boolean',
    ended_on: 'text',
    ended_why: 'text',
    reason: 'text',
    evidence: 'text',
    clearance: 'jsonb',
    proposed_at: 'text',
    settled_at: 'text',
    version: 'integer',
  },
  indexes: ['(patient_id, status)'],
  takes: [
    'PrecautionProposed',
    'PrecautionRecorded',
    'PrecautionRestated',
    'PrecautionSourceEnded',
    'PrecautionConfirmed',
    'PrecautionDismissed',
    'PrecautionSpecified',
    'PrecautionResolved',
    'PrecautionCleared',
    'PrecautionClearanceEnded',
  ],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version, occurredAt } = event;
    if (event.type === 'PrecautionProposed') return { id, ...begun(event), proposed_at: occurredAt, version };
    if (event.type === 'PrecautionRecorded')
      return { id, ...begun(event), proposed_at: occurredAt, settled_at: occurredAt, version };
    if (before === undefined) return before;
    const settled = { settled_at: occurredAt, clearance: null, version };
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
        return { ...before, ...settled, status: 'confirmed', reason: null, evidence: null };
      case 'PrecautionDismissed':
        return { ...before, ...settled, status: 'dismissed', reason: event.data.reason };
      case 'PrecautionSpecified':
        return { ...before, ...specified(event.data), version };
      case 'PrecautionResolved':
        return { ...before, ...settled, status: 'resolved', ...event.data };
      case 'PrecautionCleared':
        return { ...before, clearance: event.data, version };
      case 'PrecautionClearanceEnded':
        return { ...before, clearance: null, version };
    }
  },
});
