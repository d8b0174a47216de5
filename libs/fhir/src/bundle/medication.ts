/** MedicationRequest and MedicationStatement (FHIR R4) into a precaution where a medicine changes what care may do. */
import type { CodeableConcept, MedicationRequest, MedicationStatement, Reference } from '@medplum/fhirtypes';
import { codesOf, type Codes } from './codes.js';
import { BROKEN, ignored, taken, type Entry, type Outcome, type Reading } from './entry.js';
import { present, type Field } from './field.js';
import { shown } from './identity.js';
import type { ImportedEnding } from './items.js';
import { endingOf, precautionOfMedicine, PRECAUTIONS_VERSION } from './precautions.js';

const NOT_YET: ReadonlySet<string | undefined> = new Set(['draft', 'intended']);
/** It was never taken, whatever was said before. */
const NOT_TAKEN: ReadonlySet<string | undefined> = new Set(['cancelled', 'not-taken']);
const OVER: ReadonlySet<string | undefined> = new Set(['completed', 'stopped']);

/** R5 has one element for concept and reference. */
interface CodeableReference {
  readonly concept?: CodeableConcept;
  readonly reference?: Reference;
}

type Prescribed = MedicationRequest & MedicationStatement & { medication: CodeableReference };

const NO_CODES: Codes = { known: [], without: 'without-code', texts: [] };

/** Of the request itself, or of the Medication that it names, inside it or in the file. */
const codesFor = (resource: Field<Prescribed>, { medications }: Reading): Codes => {
  const concept = [resource.at('medicationCodeableConcept'), resource.at('medication').at('concept')].find(
    (field) => field.isPresent,
  );
  if (concept !== undefined) return codesOf(concept);
  const reference =
    resource.at('medicationReference').at('reference').text() ??
    resource.at('medication').at('reference').at('reference').text();
  if (reference === undefined) return NO_CODES;
  const medication = reference.startsWith('#')
    ? resource
        .at('contained')
        .each()
        .find((each) => each.at('id').text() === reference.slice(1))
    : medications.get(reference);
  return medication === undefined
    ? NO_CODES
    : codesOf(medication.readAs<{ code: CodeableConcept }>().noting([]).at('code'));
};

export const readMedication = (entry: Entry, reading: Reading): Outcome => {
  const resource = entry.resource.readAs<Prescribed>();
  const status = resource.at('status').text();
  if (NOT_YET.has(status)) return ignored('no-precaution');
  const codes = codesFor(resource, reading);
  const retracted = status === 'entered-in-error';
  const neverTaken = NOT_TAKEN.has(status);
  const precaution = precautionOfMedicine(codes, OVER.has(status) || neverTaken);
  if (!retracted && precaution === undefined)
    return ignored(codes.known.length === 0 && codes.texts.length === 0 ? codes.without : 'no-precaution');
  const isOver = precaution?.over === true;
  const left = neverTaken ? 'no-precaution' : 'over';
  const subject = resource.at('subject');
  const patient = reading.references.resolve(subject, ['Patient'], entry.named)?.reference;
  if (patient === undefined && isOver && !retracted) return ignored(left);
  if (patient === undefined) {
    subject.at('reference').required(subject.at('reference').text());
    return BROKEN;
  }
  const about = { ...shown(entry.named), patient };
  const endedDate = resource.at('effectivePeriod').at('end').dateOfDateTime();
  const ending = (why: ImportedEnding['why']): readonly ImportedEnding[] =>
    precaution === undefined ? [] : [endingOf(entry.named, { patient, precaution, why, endedDate })];
  if (retracted || precaution === undefined)
    return taken(
      { kind: 'retraction', of: 'medication', why: 'entered-in-error', ...about },
      ...ending('entered-in-error'),
    );
  if (isOver) return ignored(left, ...ending(neverTaken ? 'refuted' : 'over'));
  const since =
    resource.at('authoredOn').dateOfDateTime() ??
    resource.at('effectiveDateTime').dateOfDateTime() ??
    resource.at('effectivePeriod').at('start').dateOfDateTime();
  return taken({
    kind: 'precaution',
    ...about,
    catalogueId: precaution.catalogueId,
    code: precaution.code,
    tableVersion: PRECAUTIONS_VERSION,
    from: 'medication',
    ...present({ since }),
  });
};
