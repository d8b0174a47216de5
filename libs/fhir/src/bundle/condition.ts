/** Condition (FHIR R4) into a provisional diagnosis, where it is about soft tissue. */
import type { Condition, Reference } from '@medplum/fhirtypes';
import { codesIn } from './datatypes.js';
import { present } from './field.js';
import type { Fault, Field } from './field.js';
import type { Ignored, ImportedCondition } from './items.js';
import type { References } from './references.js';
import { proposalFor, softTissueSnomed } from './soft-tissue.js';

const SNOMED = 'http://snomed.info/sct';
const ICD10 = 'http://hl7.org/fhir/sid/icd-10-cm';

/** Refuted, or never meant. */
const NOT_VALID: readonly string[] = ['refuted', 'entered-in-error'];

export type ConditionReading =
  | { readonly kind: 'taken'; readonly item: ImportedCondition; readonly dropped: readonly Fault[] }
  | { readonly kind: 'ignored'; readonly why: Ignored['why'] }
  | { readonly kind: 'broken' };

const patientOf = (subject: Field<Reference>, references: References): string | undefined => {
  const field = subject.at('reference');
  const reference = field.required(field.text());
  if (reference === undefined) return undefined;
  const patient = references.find(reference, 'Patient');
  if (patient === undefined) field.fault('no such Patient in the bundle');
  return patient?.sourceId;
};

interface Recorder {
  readonly id?: string;
  readonly dropped: readonly Fault[];
}

/** Who recorded it is good to know, not needed: a reference out of the bundle costs only the field. */
const recorderOf = (field: Field<string>, references: References): Recorder => {
  const reference = field.text();
  if (reference === undefined) return { dropped: [] };
  const practitioner = references.find(reference, 'Practitioner');
  if (practitioner !== undefined) return { id: practitioner.sourceId, dropped: [] };
  const bySelf = references.find(reference, 'Patient') !== undefined;
  return { dropped: bySelf ? [] : [{ pointer: field.pointer, why: 'no such Practitioner in the bundle' }] };
};

const onsetOf = (resource: Field<Condition>): string | undefined =>
  resource.at('onsetDateTime').dateOfDateTime() ?? resource.at('onsetPeriod').at('start').dateOfDateTime();

export const readCondition = (
  resource: Field<Condition>,
  sourceId: string,
  references: References,
): ConditionReading => {
  const snomed = codesIn(resource.at('code'), SNOMED);
  const icd10 = codesIn(resource.at('code'), ICD10);
  const [clinicalStatus] = codesIn(resource.at('clinicalStatus'));
  const [verificationStatus] = codesIn(resource.at('verificationStatus'));
  if (verificationStatus !== undefined && NOT_VALID.includes(verificationStatus))
    return { kind: 'ignored', why: 'not-valid-any-more' };
  const proposal = proposalFor(snomed, icd10, clinicalStatus);
  if (proposal === undefined) return { kind: 'ignored', why: 'not-soft-tissue' };
  const patientSourceId = patientOf(resource.at('subject'), references);
  const recorder = recorderOf(resource.at('recorder').at('reference'), references);
  const more = present({
    snomed: softTissueSnomed(snomed),
    clinicalStatus,
    verificationStatus,
    onsetDate: onsetOf(resource),
    recordedDate: resource.at('recordedDate').dateOfDateTime(),
    recorderSourceId: recorder.id,
  });
  if (patientSourceId === undefined) return { kind: 'broken' };
  return {
    kind: 'taken',
    item: { kind: 'condition', sourceId, patientSourceId, icd10, proposal, ...more },
    dropped: recorder.dropped,
  };
};
