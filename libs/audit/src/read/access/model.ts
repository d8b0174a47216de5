/** Access records by patient: the accounting of disclosures. */
import type { Role } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { AccessEvent, ReadPurpose } from '../../contract/events.js';

export interface AccessRecordRow {
  /** Event id and patient id. */
  readonly id: string;
  readonly patient_id: string;
  readonly at: string;
  readonly sub: string;
  readonly role: Role;
  readonly organization_id: string | null;
  readonly resource: string;
  readonly purpose: ReadPurpose;
  readonly basis: string;
}

export const accessRecordModel = readModel<AccessRecordRow, AccessEvent>({
  name: 'access_record',
  version: 1,
  columns: {
    id: 'text',
    patient_id: 'text',
    at: 'text',
    sub: 'text',
    role: 'text',
    organization_id: 'text',
    resource: 'text',
    purpose: 'text',
    basis: 'text',
  },
  indexes: ['(patient_id, at desc, id)'],
  takes: ['PatientDataRead'],
  rowsOf: ({ id, data }) => data.patientIds.map((patientId) => `${id}/${patientId}`),
  fold: (_row, { data, occurredAt }, id) => ({
    id,
    patient_id: id.slice(id.indexOf('/') + 1),
    at: occurredAt,
    sub: data.who.sub,
    role: data.who.role,
    organization_id: data.who.organizationId ?? null,
    resource: data.resource,
    purpose: data.purpose,
    basis: data.basis,
  }),
});
