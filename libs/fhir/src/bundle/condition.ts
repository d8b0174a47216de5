/** Condition (FHIR R4) into a provisional diagnosis where it is about soft tissue, and a precaution where care has to respect it. */
import type { Condition, Reference } from '@medplum/fhirtypes';
import { codesOf, inSystem } from './codes.js';
import { codesIn } from './datatypes.js';
import { BROKEN, ignored, taken, type Entry, type Outcome, type Reading } from './entry.js';
import { present } from './field.js';
import type { Field } from './field.js';
import { shown } from './identity.js';
import type { ImportedCondition, ImportedPrecaution, ImportedRetraction } from './items.js';
import type { Meant } from './references.js';
import { endingOf, precautionFor, PRECAUTIONS_VERSION, type ProposedPrecaution } from './precautions.js';
import { isSensitive } from './sensitive.js';
import { isSoftTissueCode, proposalFor, softTissueSnomed } from './soft-tissue.js';

/** Of earlier releases: nothing is half-read (DSTU2 has codes where R4 has concepts, and `patient` for `subject`). */
const faultOtherRelease = (resource: Field<Condition>): void => {
  const status = resource.at('clinicalStatus');
  if (typeof status.raw === 'string') status.fault('this is not R4: a concept is expected');
  const patient = resource.readAs<{ patient: Reference }>().at('patient');
  if (patient.isPresent && !resource.at('subject').isPresent)
    patient.fault('this is not R4: subject is expected');
};

const RETRACTED: ReadonlyMap<string | undefined, ImportedRetraction['why']> = new Map([
  ['refuted', 'refuted'],
  ['entered-in-error', 'entered-in-error'],
]);

const subjectOf = (
  resource: Field<Condition>,
  { named }: Entry,
  { references }: Reading,
): Meant | undefined => {
  const subject = resource.at('subject');
  const identified = subject.at('identifier').isPresent;
  const found = references.resolve(subject, ['Patient'], named);
  if (found === undefined && !identified) subject.at('reference').required(subject.at('reference').text());
  else if (found === undefined && !subject.at('reference').isPresent) subject.fault('names no patient');
  return found;
};

/** Who recorded it is good to know, not needed: a reference that leads nowhere costs only the field. */
const recorderOf = (
  resource: Field<Condition>,
  { named, left }: Entry,
  { references }: Reading,
): Meant | undefined => {
  const types = ['Practitioner', 'PractitionerRole', 'Patient', 'RelatedPerson'];
  const meant = references.resolve(resource.at('recorder').noting(left), types, named);
  return meant?.resourceType === 'Practitioner' ? meant : undefined;
};

const onsetOf = (resource: Field<Condition>): string | undefined =>
  resource.at('onsetDateTime').dateOfDateTime() ?? resource.at('onsetPeriod').at('start').dateOfDateTime();

/** `abatementBoolean` is of earlier releases, and says no more than that it is over. */
const abatementOf = (resource: Field<Condition>): { readonly said: boolean; readonly date?: string } => {
  const period = resource.at('abatementPeriod');
  const date =
    resource.at('abatementDateTime').dateOfDateTime() ??
    period.at('end').dateOfDateTime() ??
    period.at('start').dateOfDateTime();
  const others = [
    resource.at('abatementAge'),
    resource.at('abatementRange'),
    resource.at('abatementString'),
  ].some((field) => field.isPresent);
  const flag = resource.readAs<{ abatementBoolean: boolean }>().at('abatementBoolean').boolean() === true;
  return { said: date !== undefined || others || flag, ...present({ date }) };
};

const ENDED: ReadonlyMap<string | undefined, NonNullable<ImportedCondition['ended']>> = new Map([
  ['inactive', 'inactive'],
  ['remission', 'remission'],
  ['resolved', 'resolved'],
]);

type End = Pick<ImportedCondition, 'ended' | 'abatementDate'>;

/** A status that says "still there" is believed, and what contradicts it is left (FHIR R4, con-4). */
const endOf = (resource: Field<Condition>, status: string | undefined, { left }: Entry): End => {
  const abatement = abatementOf(resource);
  const isOngoing = status !== undefined && !ENDED.has(status);
  if (isOngoing) {
    if (abatement.said)
      left.push({ pointer: resource.pointer, why: 'it has abated and its clinical status says it has not' });
    return {};
  }
  const ended = ENDED.get(status) ?? (abatement.said ? 'resolved' : undefined);
  return present({ ended, abatementDate: abatement.date });
};

const proposedOf = (
  about: Pick<ImportedPrecaution, 'sourceId' | 'pointer' | 'identity' | 'patient'>,
  precaution: ProposedPrecaution | undefined,
  since: string | undefined,
  end: End,
): readonly ImportedPrecaution[] => {
  if (precaution === undefined || precaution.over) return [];
  return [
    {
      kind: 'precaution',
      ...about,
      catalogueId: precaution.catalogueId,
      code: precaution.code,
      tableVersion: PRECAUTIONS_VERSION,
      from: 'condition',
      ...present({
        since,
        ended: end.ended === undefined ? undefined : (true as const),
        endedDate: end.abatementDate,
      }),
    },
  ];
};

export const readCondition = (entry: Entry, reading: Reading): Outcome => {
  const resource = entry.resource.readAs<Condition>();
  faultOtherRelease(resource);
  if (entry.faults.length > 0) return BROKEN;
  const codes = codesOf(resource.at('code'));
  const [clinicalStatus] = codesIn(resource.at('clinicalStatus'));
  const [verificationStatus] = codesIn(resource.at('verificationStatus'));
  if (isSensitive(codes)) return ignored('sensitive-42-cfr-part-2');
  const end = endOf(resource, clinicalStatus, entry);
  const retracted = RETRACTED.get(verificationStatus);
  const snomed = inSystem(codes, 'snomed');
  const icd10 = inSystem(codes, 'icd-10-cm');
  const proposal = proposalFor(snomed, icd10, clinicalStatus ?? end.ended);
  // What is in remission may come back, and care has to respect it.
  const precaution = precautionFor(codes, end.ended === 'resolved' || end.ended === 'inactive');
  if (retracted === undefined && proposal === undefined && precaution === undefined)
    return ignored(codes.known.length === 0 ? codes.without : 'not-soft-tissue');
  const patient = subjectOf(resource, entry, reading);
  const ends =
    patient === undefined || precaution === undefined || (retracted === undefined && !precaution.over)
      ? []
      : [
          endingOf(entry.named, {
            patient: patient.reference,
            precaution,
            why: retracted ?? 'over',
            endedDate: end.abatementDate,
          }),
        ];
  if (retracted === undefined && proposal === undefined && precaution?.over === true)
    return ignored('over', ...ends);
  const recorder = recorderOf(resource, entry, reading);
  const onsetDate = onsetOf(resource);
  const recordedDate = resource.at('recordedDate').dateOfDateTime();
  if (patient === undefined) return BROKEN;
  const about = { ...shown(entry.named), patient: patient.reference };
  if (retracted !== undefined)
    return taken({ kind: 'retraction', of: 'condition', why: retracted, ...about }, ...ends);
  const diagnosis: readonly ImportedCondition[] =
    proposal === undefined
      ? []
      : [
          {
            kind: 'condition',
            ...about,
            patientSourceId: patient.sourceId,
            icd10: icd10.filter(isSoftTissueCode),
            proposal,
            ...end,
            ...present({
              snomed: softTissueSnomed(snomed),
              clinicalStatus,
              verificationStatus,
              onsetDate,
              recordedDate,
              recorder: recorder?.reference,
              recorderSourceId: recorder?.sourceId,
            }),
          },
        ];
  return taken(...diagnosis, ...proposedOf(about, precaution, onsetDate, end), ...ends);
};
