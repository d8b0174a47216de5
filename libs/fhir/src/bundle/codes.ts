/** Code systems by the names that exports give them, and codes in one spelling. */
import type { CodeableConcept } from '@medplum/fhirtypes';
import { dotted, undotted } from '@fascia/clinical/icd10';
import type { Fault, Field } from './field.js';
import type { CodeSystem } from './items.js';

/**
 * URL (HL7 Terminology), OID (HL7 OID registry) and what is met instead of them. Plain ICD-10 is read as ICD-10-CM: the codes of the
 * clinical modification are made of it, American exports call theirs so, and a code that is not billable is refused later.
 */
// prettier-ignore
const SPELLINGS: ReadonlyMap<string, CodeSystem> = new Map([
  ['hl7.org/fhir/sid/icd-10-cm', 'icd-10-cm'],
  ['hl7.org/fhir/sid/icd-10', 'icd-10-cm'],
  ['hl7.org/fhir/sid/icd-10-us', 'icd-10-cm'],
  ['www.cms.gov/medicare/coding/icd10', 'icd-10-cm'],
  ['www.cdc.gov/nchs/icd/icd10cm.htm', 'icd-10-cm'],
  ['2.16.840.1.113883.6.90', 'icd-10-cm'],
  ['2.16.840.1.113883.6.3', 'icd-10-cm'],
  ['icd-10-cm', 'icd-10-cm'],
  ['icd10cm', 'icd-10-cm'],
  ['icd-10', 'icd-10-cm'],
  ['icd10', 'icd-10-cm'],
  ['i10', 'icd-10-cm'],
  ['snomed.info/sct', 'snomed'],
  ['www.snomed.org', 'snomed'],
  ['2.16.840.1.113883.6.96', 'snomed'],
  ['snomed', 'snomed'],
  ['snomed-ct', 'snomed'],
  ['snomed ct', 'snomed'],
  ['snomedct', 'snomed'],
  ['sct', 'snomed'],
  ['www.nlm.nih.gov/research/umls/rxnorm', 'rxnorm'],
  ['2.16.840.1.113883.6.88', 'rxnorm'],
  ['rxnorm', 'rxnorm'],
  ['www.whocc.no/atc', 'atc'],
  ['2.16.840.1.113883.6.73', 'atc'],
  ['atc', 'atc'],
]);

/** An edition or version of SNOMED CT stands behind its URL. */
const BEHIND_SNOMED = /^(snomed\.info\/sct)\/.*$/;

/** @returns nothing for a system that is not known. */
export const systemOf = (uri: string): CodeSystem | undefined =>
  SPELLINGS.get(
    uri
      .toLowerCase()
      .replace(/^(https?:\/\/|urn:oid:|oid:)/, '')
      .replace(/[/#]+$/, '')
      .replace(BEHIND_SNOMED, '$1'),
  );

const SNOMED_ID = /^\d{6,18}$/;
const OTHER_CODE = /^[A-Za-z0-9]{1,18}$/;

/** In the one spelling of its system. @returns nothing when it cannot be a code of it. */
const spelled = (system: CodeSystem, code: string): string | undefined => {
  switch (system) {
    case 'icd-10-cm': {
      const bare = undotted(code);
      return bare === undefined ? undefined : dotted(bare);
    }
    case 'snomed':
      return SNOMED_ID.test(code) ? code : undefined;
    default:
      return OTHER_CODE.test(code) ? code.toUpperCase() : undefined;
  }
};

export interface Coded {
  readonly system: CodeSystem;
  readonly code: string;
}

export interface Codes {
  readonly known: readonly Coded[];
  /** Why there is none, where there is none. */
  readonly without: 'without-code' | 'unknown-code-system' | 'not-a-code';
  readonly texts: readonly string[];
}

/** Every code of a concept, and the words beside them. */
export const codesOf = (concept: Field<CodeableConcept>): Codes => {
  const unsaid: Fault[] = [];
  const codings = concept.at('coding').each();
  const pairs = codings.flatMap((coding) => {
    const code = coding.at('code').text();
    return code === undefined ? [] : [{ code, system: systemOf(coding.at('system').text() ?? '') }];
  });
  const known = pairs.flatMap(({ code, system }) => {
    const good = system === undefined ? undefined : spelled(system, code);
    return system === undefined || good === undefined ? [] : [{ system, code: good }];
  });
  const texts = [concept.at('text'), ...codings.map((coding) => coding.at('display'))].flatMap(
    (field) => field.noting(unsaid).text() ?? [],
  );
  const isNamed = pairs.some(({ system }) => system !== undefined);
  const without = pairs.length === 0 ? 'without-code' : isNamed ? 'not-a-code' : 'unknown-code-system';
  return { known, without, texts };
};

export const inSystem = (codes: Codes, system: CodeSystem): readonly string[] =>
  codes.known.filter((each) => each.system === system).map(({ code }) => code);
