/** Records of who looked, by patient: the accounting of disclosures, and of what was refused. */
import type { PurposeOfUse, Role } from '@fascia/kernel';
import { readModel, sortKey, type LetterGiven } from '@fascia/read-store';
import type { AccessEvent } from '../../contract/events.js';

export const ACCESS_OUTCOMES = ['shown', 'nothing-shown', 'denied', 'refused'] as const;

export type AccessOutcome = (typeof ACCESS_OUTCOMES)[number];

export interface AccessRecordRow {
  /** Event id and patient id. */
  readonly id: string;
  /** Null for a refused request that was about nobody who is known. */
  readonly patient_id: string | null;
  readonly at: string;
  readonly sub: string;
  /** The subject, bounded, to find it by. */
  readonly sub_key: string;
  readonly role: Role;
  readonly organization_id: string | null;
  readonly practitioner_id: string | null;
  readonly on_behalf_of: string | null;
  readonly outcome: AccessOutcome;
  readonly route: string | null;
  readonly object_id: string | null;
  readonly purpose: PurposeOfUse;
  readonly resource: string | null;
  readonly basis: string | null;
  readonly code: string | null;
  /** What was given out, where it was a letter. */
  readonly letter: LetterGiven | null;
}

type Told = Pick<AccessRecordRow, 'outcome' | 'resource' | 'basis' | 'code' | 'letter'>;

const NOTHING = { resource: null, basis: null, code: null, letter: null };

const toldBy = (fact: AccessEvent): Told => {
  switch (fact.type) {
    case 'PatientDataRead':
      return {
        ...NOTHING,
        outcome: 'shown',
        resource: fact.data.resource,
        basis: fact.data.basis,
        letter: fact.data.letter ?? null,
      };
    case 'PatientDataQueried':
      return { ...NOTHING, outcome: 'nothing-shown', resource: fact.data.resource };
    case 'AccessDenied':
      return { ...NOTHING, outcome: 'denied', code: fact.data.code };
    case 'RequestRefused':
      return { ...NOTHING, outcome: 'refused', code: fact.data.code };
  }
};

export const accessRecordModel = readModel<AccessRecordRow, AccessEvent>({
  name: 'access_record',
  version: 3,
  columns: {
    id: 'text',
    patient_id: 'text',
    at: 'text',
    sub: 'text',
    sub_key: 'text',
    role: 'text',
    organization_id: 'text',
    practitioner_id: 'text',
    on_behalf_of: 'text',
    outcome: 'text',
    route: 'text',
    object_id: 'text',
    purpose: 'text',
    resource: 'text',
    basis: 'text',
    code: 'text',
    letter: 'jsonb',
  },
  indexes: [
    '(patient_id, at desc, id)',
    '(practitioner_id, at desc, id)',
    '(sub_key, at desc, id)',
    '(at desc, id)',
  ],
  takes: ['PatientDataRead', 'PatientDataQueried', 'AccessDenied', 'RequestRefused'],
  rowsOf: ({ id, data: { patientIds } }) =>
    patientIds.length === 0 ? [`${id}/`] : patientIds.map((patientId) => `${id}/${patientId}`),
  fold: (_row, fact, id) => {
    const { who, route, objectId, purpose } = fact.data;
    const patientId = id.slice(id.indexOf('/') + 1);
    return {
      id,
      patient_id: patientId === '' ? null : patientId,
      at: fact.occurredAt,
      sub: who.sub,
      sub_key: sortKey(who.sub),
      role: who.role,
      organization_id: who.organizationId ?? null,
      practitioner_id: who.practitionerId ?? null,
      on_behalf_of: who.onBehalfOf ?? null,
      route,
      object_id: objectId,
      purpose,
      ...toldBy(fact),
    };
  },
});
