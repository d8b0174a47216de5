/** What an import takes from a FHIR R4 Bundle: plain data, in the order in which it can be imported. */
import type { CalendarDate } from '@fascia/kernel';
import type { SoftTissueProposal } from './soft-tissue.js';

/** As precise as the source: `1975`, `1975-10` or `1975-10-12`. */
export type PartialDate = CalendarDate;

export interface ImportedName {
  readonly family?: string;
  readonly given: readonly string[];
  readonly prefix: readonly string[];
  readonly text?: string;
}

export interface ImportedIdentifier {
  readonly system?: string;
  readonly value: string;
  /** Code of the type, such as `MR`. */
  readonly type?: string;
}

export interface ImportedTelecom {
  readonly system?: string;
  readonly value: string;
  readonly use?: string;
}

export interface ImportedAddress {
  readonly line: readonly string[];
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
  readonly use?: string;
}

interface Contactable {
  /** Id of the resource in its source. */
  readonly sourceId: string;
  readonly identifiers: readonly ImportedIdentifier[];
  readonly telecom: readonly ImportedTelecom[];
  readonly address: readonly ImportedAddress[];
}

export interface ImportedOrganization extends Contactable {
  readonly kind: 'organization';
  readonly name: string;
}

export interface ImportedPractitioner extends Contactable {
  readonly kind: 'practitioner';
  readonly name: ImportedName;
  /** Only a number with the right check digit; any other stays among the identifiers. */
  readonly npi?: string;
}

export interface ImportedPatient extends Contactable {
  readonly kind: 'patient';
  readonly name: ImportedName;
  readonly birthDate: PartialDate;
  readonly sexAtBirth: 'F' | 'M' | 'UNK';
  /** BCP 47. */
  readonly language?: string;
  /** The date where the source knows it. */
  readonly deceased?: PartialDate | true;
}

export interface ImportedCondition {
  readonly kind: 'condition';
  readonly sourceId: string;
  readonly patientSourceId: string;
  readonly snomed?: string;
  /** ICD-10-CM codes that the source gave itself. */
  readonly icd10: readonly string[];
  readonly clinicalStatus?: string;
  readonly verificationStatus?: string;
  /** The day where it happened, by the source's own clock. */
  readonly onsetDate?: PartialDate;
  readonly recordedDate?: PartialDate;
  readonly recorderSourceId?: string;
  readonly proposal: SoftTissueProposal;
}

export type ImportItem = ImportedOrganization | ImportedPractitioner | ImportedPatient | ImportedCondition;

export interface Ignored {
  readonly resourceType: string;
  readonly why: 'not-imported' | 'not-soft-tissue' | 'not-valid-any-more' | 'request-without-resource';
  readonly count: number;
}

export interface Broken {
  /** JSON pointer (RFC 6901) into the bundle. */
  readonly pointer: string;
  /** What is wrong, without the data itself. */
  readonly why: string;
  /** `field`: the resource was taken without this field. */
  readonly dropped: 'bundle' | 'resource' | 'field';
}

export interface BundleReading {
  readonly items: readonly ImportItem[];
  readonly ignored: readonly Ignored[];
  readonly broken: readonly Broken[];
}
