/** Measurements by referral, each with its label against the baseline. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type {
  AssessmentEvent,
  Instrument,
  Point,
  StoredChange,
  StoredMeasurement,
} from '../../contract/events.js';

export interface AssessmentRow {
  readonly id: string;
  readonly patient_id: string;
  readonly referral_id: string;
  readonly session_id: string | null;
  readonly organization_id: string;
  readonly referrer_organization_id: string;
  readonly instrument: Instrument;
  readonly point: Point;
  readonly measurement: StoredMeasurement;
  readonly rater_id: string;
  readonly change: StoredChange | null;
  readonly recorded_at: string;
  readonly version: number;
}

export const assessmentModel = readModel<AssessmentRow, AssessmentEvent>({
  name: 'assessment',
  version: 1,
  columns: {
    id: 'text',
    patient_id: 'text',
    referral_id: 'text',
    session_id: 'text',
    organization_id: 'text',
    referrer_organization_id: 'text',
    instrument: 'text',
    point: 'text',
    measurement: 'jsonb',
    rater_id: 'text',
    change: 'jsonb',
    recorded_at: 'text',
    version: 'integer',
  },
  indexes: ['(referral_id, recorded_at)', '(patient_id)'],
  takes: ['AssessmentRecorded', 'AssessmentCorrected', 'ChangeEvaluated'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version } = event;
    if (event.type === 'AssessmentRecorded') {
      const {
        patientId,
        referralId,
        sessionId,
        organizationId,
        referrerOrganizationId,
        point,
        measurement,
        raterId,
      } = event.data;
      return {
        id,
        patient_id: patientId,
        referral_id: referralId,
        session_id: sessionId ?? null,
        organization_id: organizationId,
        referrer_organization_id: referrerOrganizationId,
        instrument: measurement.instrument,
        point,
        measurement,
        rater_id: raterId,
        change: null,
        recorded_at: event.occurredAt,
        version,
      };
    }
    if (before === undefined) return before;
    return event.type === 'AssessmentCorrected'
      ? { ...before, measurement: event.data.measurement, change: null, version }
      : { ...before, change: event.data.change, version };
  },
});
