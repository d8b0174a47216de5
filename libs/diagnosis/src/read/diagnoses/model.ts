/** Diagnoses by patient. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { DiagnosisEvent, ENDED, Finding } from '../../contract/events.js';
import type { DiagnosisStage } from '../../contract/lifecycle.js';

export interface DiagnosisRow {
  readonly id: string;
  readonly patient_id: string;
  readonly code: string | null;
  readonly text: string | null;
  readonly snomed: string | null;
  readonly region: string | null;
  /** Of the place, or that the code names. */
  readonly side: string | null;
  readonly tissues: readonly string[];
  readonly dysfunction: Finding['dysfunction'];
  readonly verification: Exclude<DiagnosisStage, 'none' | 'resolved'>;
  readonly onset: string | null;
  readonly unrelated_reason: string | null;
  readonly clinical_status: 'active' | (typeof ENDED)[number];
  readonly resolved_on: string | null;
  readonly recorded_at: string;
  readonly version: number;
}

const found = ({
  icd10,
  snomed,
  site,
  tissues,
  dysfunction,
  onset,
  unrelatedReason,
}: Finding): Pick<
  DiagnosisRow,
  'code' | 'text' | 'snomed' | 'region' | 'side' | 'tissues' | 'dysfunction' | 'onset' | 'unrelated_reason'
> => ({
  code: icd10?.code ?? null,
  text: icd10?.text ?? null,
  snomed: snomed ?? null,
  region: site?.region ?? null,
  side: site?.side ?? icd10?.side ?? null,
  tissues,
  dysfunction,
  onset: onset ?? null,
  unrelated_reason: unrelatedReason ?? null,
});

/** What a source took back before it was taken. */
const NOTHING_FOUND: Finding = { tissues: [], dysfunction: 'other' };

export const diagnosisModel = readModel<DiagnosisRow, DiagnosisEvent>({
  name: 'diagnosis',
  version: 4,
  columns: {
    id: 'text',
    patient_id: 'text',
    code: 'text',
    text: 'text',
    snomed: 'text',
    region: 'text',
    side: 'text',
    tissues: 'text[]',
    dysfunction: 'text',
    verification: 'text',
    onset: 'text',
    unrelated_reason: 'text',
    clinical_status: 'text',
    resolved_on: 'text',
    recorded_at: 'text',
    version: 'integer',
  },
  indexes: ['(patient_id, recorded_at)'],
  takes: [
    'DiagnosisRecorded',
    'DiagnosisConfirmed',
    'DiagnosisRevised',
    'DiagnosisRefuted',
    'DiagnosisReceived',
    'DiagnosisRetracted',
    'DiagnosisResolved',
    'DiagnosisRecurred',
    'DiagnosisMoved',
  ],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version } = event;
    if (event.type === 'DiagnosisRecorded' || event.type === 'DiagnosisRetracted') {
      const isTaken = event.type === 'DiagnosisRecorded';
      return {
        id,
        patient_id: event.data.patientId,
        ...found(isTaken ? event.data : NOTHING_FOUND),
        verification: isTaken ? event.data.verification : 'refuted',
        clinical_status: 'active',
        resolved_on: null,
        recorded_at: event.occurredAt,
        version,
      };
    }
    if (before === undefined) return before;
    switch (event.type) {
      case 'DiagnosisConfirmed':
        return { ...before, verification: 'confirmed', version };
      case 'DiagnosisRevised':
        return { ...before, ...found(event.data), version };
      case 'DiagnosisReceived':
        return { ...before, version };
      case 'DiagnosisRefuted':
        return { ...before, verification: 'refuted', version };
      case 'DiagnosisResolved': {
        const { status, on = null } = event.data;
        return { ...before, clinical_status: status, resolved_on: on, version };
      }
      case 'DiagnosisRecurred':
        return { ...before, clinical_status: 'active', resolved_on: null, version };
      case 'DiagnosisMoved':
        return undefined;
    }
  },
});
