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

/** `system|value`, as a search by identifier says it. */
export interface SourceIdentifier {
  readonly system?: string;
  readonly value: string;
}

/** Another resource of the same source, by the name it has there. */
export interface SourceReference {
  /** As the resource's own item says it. */
  readonly identity: string;
  /** It stands in this file and was taken. Otherwise it has to be known from an earlier file of the same source. */
  readonly inFile: boolean;
}

/** Where an item stands in its file, and who it is in its source. */
export interface Sourced {
  /** Id of the resource in its source. */
  readonly sourceId: string;
  /** JSON pointer (RFC 6901) of the resource in the file; in NDJSON the first part is the line, from 0. */
  readonly pointer: string;
  /**
   * The name of the resource that stays the same from file to file of one source: `Patient/1`; under another server than the file's
   * own `https://other.example/fhir/Patient/1`; without an id `Patient?identifier=system|value`; at last its full URL.
   */
  readonly identity: string;
  /** As the entry says it. */
  readonly fullUrl?: string;
  /** When the source changed it last, by its own clock. */
  readonly lastUpdated?: string;
  /** What `request.ifNoneExist` asks for: a record with one of these identifiers is this one (FHIR R4, 3.1.0.8.1). */
  readonly ifNoneExist?: readonly SourceIdentifier[];
}

interface Contactable extends Sourced {
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
  /** The source does not use this record any more (`active: false`). */
  readonly inactive?: true;
  /** The record that the source uses instead of this one (`link` of type `replaced-by`). */
  readonly replacedBy?: SourceReference;
  /** Records that the source does not use any more since there is this one (`link` of type `replaces`). */
  readonly replaces?: readonly SourceReference[];
}

export interface ImportedCondition extends Sourced {
  readonly kind: 'condition';
  readonly patientSourceId: string;
  readonly patient: SourceReference;
  readonly snomed?: string;
  /** ICD-10-CM codes that the source gave itself. */
  readonly icd10: readonly string[];
  readonly clinicalStatus?: string;
  readonly verificationStatus?: string;
  /** The day where it happened, by the source's own clock. */
  readonly onsetDate?: PartialDate;
  readonly recordedDate?: PartialDate;
  readonly recorderSourceId?: string;
  readonly recorder?: SourceReference;
  /** It is over: the source says `inactive`, `remission` or `resolved`, or that it abated. */
  readonly ended?: 'inactive' | 'remission' | 'resolved';
  /** When it ended, where the source says so (`abatement[x]`); never the day on which it was written down. */
  readonly abatementDate?: PartialDate;
  readonly proposal: SoftTissueProposal;
}

/** A thing that care has to respect; a person confirms it. */
export interface ImportedPrecaution extends Sourced {
  readonly kind: 'precaution';
  readonly patient: SourceReference;
  /** Row of the contraindication catalogue, such as `P03`. */
  readonly catalogueId: string;
  /** Of the table that found it. */
  readonly tableVersion: string;
  readonly from: 'condition' | 'medication';
  /** The code that says so, as the source has it. */
  readonly code: { readonly system: CodeSystem; readonly code: string };
  readonly since?: PartialDate;
  /** It is over: a person may still want to know. */
  readonly ended?: true;
  readonly endedDate?: PartialDate;
}

/** What an earlier file may have brought is not so: refuted, or never meant. Whether it was brought is known elsewhere. */
export interface ImportedRetraction extends Sourced {
  readonly kind: 'retraction';
  readonly of: 'condition' | 'medication';
  readonly why: 'refuted' | 'entered-in-error';
  readonly patient: SourceReference;
}

/** What a precaution came from is over or was never so, and no other resource of the file says that it goes on. */
export interface ImportedEnding extends Sourced {
  readonly kind: 'ending';
  readonly patient: SourceReference;
  readonly catalogueId: string;
  readonly code: ImportedPrecaution['code'];
  readonly why: 'over' | ImportedRetraction['why'];
  readonly endedDate?: PartialDate;
}

export type CodeSystem = 'icd-10-cm' | 'snomed' | 'rxnorm' | 'atc' | 'name';

export type ImportItem = ImportedOrganization | ImportedPractitioner | ImportedPatient | ImportedCondition;

export interface Ignored {
  readonly resourceType: string;
  readonly why:
    | 'not-imported'
    | 'not-soft-tissue'
    | 'no-precaution'
    | 'over'
    | 'without-code'
    | 'not-a-code'
    | 'not-valid-any-more'
    | 'request-without-resource'
    | 'unknown-code-system'
    | 'sensitive-42-cfr-part-2'
    | 'sensitive-psychotherapy'
    | 'sensitive-restricted'
    | 'deleted-at-source'
    | 'older-version'
    | 'message-about-the-search';
  readonly count: number;
  /** Where the first of them stand. */
  readonly pointers: readonly string[];
}

export interface Broken {
  /** JSON pointer (RFC 6901) into the file. */
  readonly pointer: string;
  /** What is wrong, without the data itself. */
  readonly why: string;
  /** `field`: the resource was taken without this field. */
  readonly dropped: 'bundle' | 'resource' | 'field';
}

/** Resources of one type; each is counted once: `read = taken + ignored + broken`. */
export interface Tally {
  readonly resourceType: string;
  readonly read: number;
  readonly taken: number;
  readonly ignored: number;
  readonly broken: number;
}

export interface BundleReading {
  /** In an order in which none refers to a later one. */
  readonly items: readonly ImportItem[];
  readonly precautions: readonly ImportedPrecaution[];
  readonly retractions: readonly ImportedRetraction[];
  readonly endings: readonly ImportedEnding[];
  readonly ignored: readonly Ignored[];
  /** The first of them; how many there are in all says `faults`. */
  readonly broken: readonly Broken[];
  readonly faults: number;
  /** By type, in the order of the file. */
  readonly tallies: readonly Tally[];
}
