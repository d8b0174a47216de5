/**
 * Which conditions and medicines of a file care has to respect (docs/domain/safety.md#precautions-of-a-file), by row of the
 * contraindication catalogue. Open data: bare codes of ICD-10-CM, SNOMED CT, RxNorm and ATC, and international non-proprietary names;
 * the words are ours. A person confirms every proposal, and a clinician signs the rows off before use.
 */
import { isBelow } from '@fascia/clinical/icd10';
import type { Coded, Codes } from './codes.js';
import { inSystem } from './codes.js';
import { shown, type Named } from './identity.js';
import type { ImportedEnding, SourceReference } from './items.js';

export const PRECAUTIONS_VERSION = '1';

/** Rows of which one that is over is still worth knowing. The others end with what they came from. */
const KNOWN_FOR_LIFE: ReadonlySet<string> = new Set([
  'C02',
  'C09',
  'C10',
  'C13',
  'P03',
  'P08',
  'P10',
  'P11',
  'P12',
]);

/** By ICD-10-CM: the longest beginning wins. */
// prettier-ignore
const BY_ICD10: readonly (readonly [catalogueId: string, ...prefixes: string[]])[] = [
  ['C02', 'I82', 'I80', 'I26', 'Z86.711', 'Z86.718', 'Z86.72', 'O22.3', 'O87.1'],
  ['C03', 'S01', 'S11', 'S21', 'S31', 'S41', 'S51', 'S61', 'S71', 'S81', 'S91', 'L89', 'L97', 'L98.4', 'T81.3'],
  ['C04', 'L00', 'L01', 'L02', 'L03', 'L08', 'B02', 'B86', 'A46'],
  ['C05', 'S12', 'S22', 'S32', 'S42', 'S52', 'S62', 'S72', 'S82', 'S92', 'M84', 'M80'],
  ['C07', 'M61'],
  ['C08', 'M86', 'M46.2', 'M46.3', 'M46.4', 'M00', 'M01'],
  ['C09', 'C', 'D46', 'D47', 'Z85', 'Z51.0', 'Z51.1', 'Z79.63'],
  ['C10', 'D65', 'D66', 'D67', 'D68.0', 'D68.1', 'D68.2', 'D68.3', 'D68.4', 'D68.8', 'D68.9', 'D69.1', 'D69.3', 'D69.4', 'D69.5', 'D69.6'],
  ['C11', 'M79.A', 'T79.A'],
  ['C12', 'I16', 'I20.0', 'I21', 'I22', 'I46', 'I47', 'I48', 'I49'],
  ['C13', 'I71', 'I72', 'I67.1', 'I77.7', 'I60', 'I61', 'I62', 'I63', 'G45', 'Z86.73'],
  ['P01', 'Z79.01', 'Z79.02', 'Z79.82'],
  ['P02', 'Z79.52'],
  ['P03', 'M81', 'Z87.310'],
  ['P04', 'M05', 'M06', 'M08', 'M45', 'L40.5', 'M32', 'M33', 'M35.3'],
  ['P05', 'E08.4', 'E09.4', 'E10.4', 'E11.4', 'E13.4', 'G60', 'G61', 'G62', 'G63', 'R20.0', 'R20.1'],
  ['P06', 'Z33', 'Z34', 'Z3A', 'O'],
  ['P07', 'I83'],
  ['P08', 'I89.0', 'I97.2', 'Q82.0'],
  ['P09', 'G90.5', 'G56.4', 'G57.7'],
  ['P10', 'M35.7', 'Q79.6', 'M24.2', 'M25.3'],
  ['P11', 'Z92.3', 'L58', 'L59'],
  ['P12', 'Z95.0', 'Z95.81', 'Z45.0', 'Z96.41', 'Z96.82', 'Z97.8'],
  ['P13', 'I50', 'N17', 'N18', 'N19', 'K72', 'I13', 'Z99.2'],
];

/** By SNOMED CT. */
// prettier-ignore
const BY_SNOMED: ReadonlyMap<string, string> = new Map(([
  ['C02', '128053003', '404223003', '132281000119108', '64156001', '161508001', '59282003', '706870000'],
  ['C04', '128045006', '4740000'],
  ['C05', '125605004', '72704001', '58150001', '65966004', '16114001', '33737001', '263102004', '359817006', '443165006', '1734006'],
  ['C08', '60168000', '396234004'],
  ['C09', '363346000', '254837009', '399068003', '126906006', '254637007', '424132000', '254632001', '363406005', '93761005', '109838007',
    '94260004', '363418001', '372244006', '118600007', '93143009', '109989006', '91861009', '128462008', '92691004', '363358000'],
  ['C10', '90935002', '28293008', '41788008', '128105004', '302215000', '64779008'],
  ['C11', '111245009'],
  ['C12', '49436004', '410429000', '22298006', '4557003', '401303003', '401314000'],
  ['C13', '230690007', '266257000', '233985008', '67362008'],
  ['P03', '64859006'],
  ['P04', '69896004', '9631008', '33339001', '55464009', '65323003'],
  ['P05', '230572002', '424736006', '368581000119106', '302226006'],
  ['P06', '77386006', '72892002', '47200007', '16356006'],
  ['P07', '128060009', '72866009'],
  ['P08', '234097001'],
  ['P09', '128200000'],
  ['P10', '398114001', '85551004'],
  ['P12', '441509002', '443325000'],
  ['P13', '84114007', '88805009', '42343007', '709044004', '46177005', '59927004', '433144002', '14669001'],
] as const).flatMap(([catalogueId, ...codes]) => codes.map((code) => [code, catalogueId] as const)));

interface Medicine {
  readonly catalogueId: string;
  /** International non-proprietary name. */
  readonly name: string;
  /** RxNorm: the ingredient, and clinical drugs that are met without words beside them. */
  readonly rxnorm: readonly string[];
  /** Beginning of the code in the anatomical therapeutic chemical classification. */
  readonly atc: string;
}

const medicine = (
  catalogueId: string,
  name: string,
  atc: string,
  ...rxnorm: readonly string[]
): Medicine => ({
  catalogueId,
  name,
  atc,
  rxnorm,
});

const WARFARIN = [
  '11289',
  '855288',
  '855296',
  '855302',
  '855312',
  '855318',
  '855324',
  '855332',
  '855338',
  '855344',
];

// prettier-ignore
const MEDICINES: readonly Medicine[] = [
  medicine('P01', 'warfarin', 'B01AA03', ...WARFARIN),
  medicine('P01', 'acenocoumarol', 'B01AA07', '154'),
  medicine('P01', 'phenprocoumon', 'B01AA04', '8150'),
  medicine('P01', 'heparin', 'B01AB01', '5224'),
  medicine('P01', 'enoxaparin', 'B01AB05', '67108'),
  medicine('P01', 'dalteparin', 'B01AB04', '67109'),
  medicine('P01', 'fondaparinux', 'B01AX05', '321208'),
  medicine('P01', 'apixaban', 'B01AF02', '1364430'),
  medicine('P01', 'rivaroxaban', 'B01AF01', '1114195'),
  medicine('P01', 'edoxaban', 'B01AF03', '1599538'),
  medicine('P01', 'dabigatran', 'B01AE07', '1037042', '1546356'),
  medicine('P01', 'clopidogrel', 'B01AC04', '32968', '309362'),
  medicine('P01', 'prasugrel', 'B01AC22', '613391'),
  medicine('P01', 'ticagrelor', 'B01AC24', '1116632'),
  medicine('P01', 'aspirin', 'B01AC06', '1191'),
  medicine('P01', 'acetylsalicylic acid', 'B01AC06'),
  medicine('P01', 'dipyridamole', 'B01AC07', '3521'),
  medicine('P02', 'prednisone', 'H02AB07', '8640'),
  medicine('P02', 'prednisolone', 'H02AB06', '8638'),
  medicine('P02', 'methylprednisolone', 'H02AB04', '6902'),
  medicine('P02', 'dexamethasone', 'H02AB02', '3264'),
  medicine('P02', 'hydrocortisone', 'H02AB09', '5492'),
  medicine('P02', 'betamethasone', 'H02AB01', '1514'),
  medicine('P02', 'triamcinolone', 'H02AB08', '10759'),
];

/** On the skin, in the eye or breathed in, a steroid does not thin tissue elsewhere. */
const LOCAL = /\b(cream|ointment|lotion|gel|topical|ophthalmic|otic|nasal|inhal\w*)\b/i;

export interface ProposedPrecaution {
  readonly catalogueId: string;
  readonly code: Coded;
  /** It ended with what it came from. */
  readonly over: boolean;
}

const byIcd10 = (code: string): string | undefined => {
  const [best] = BY_ICD10.flatMap(([catalogueId, ...prefixes]) =>
    prefixes
      .filter((prefix) => isBelow(code, prefix))
      .map((prefix) => ({ catalogueId, length: prefix.length })),
  ).toSorted((one, other) => other.length - one.length);
  return best?.catalogueId;
};

const rowOf = ({ system, code }: Coded): string | undefined => {
  if (system === 'icd-10-cm') return byIcd10(code);
  return system === 'snomed' ? BY_SNOMED.get(code) : undefined;
};

const whileItLasts = (proposed: Omit<ProposedPrecaution, 'over'>, ended: boolean): ProposedPrecaution => ({
  ...proposed,
  over: ended && !KNOWN_FOR_LIFE.has(proposed.catalogueId),
});

export const precautionFor = (codes: Codes, ended: boolean): ProposedPrecaution | undefined => {
  const [proposed] = codes.known.flatMap((code) => {
    const catalogueId = rowOf(code);
    return catalogueId === undefined ? [] : [{ catalogueId, code }];
  });
  return proposed === undefined ? undefined : whileItLasts(proposed, ended);
};

const isNamed = (texts: readonly string[], name: string): boolean =>
  texts.some((text) => ` ${text.toLowerCase().replace(/[^a-z]+/g, ' ')} `.includes(` ${name} `));

/** A medicine is known by its code, or by its name beside a code that is not in the table. */
export const precautionOfMedicine = (codes: Codes, ended: boolean): ProposedPrecaution | undefined => {
  const rxnorm = inSystem(codes, 'rxnorm');
  const atc = inSystem(codes, 'atc');
  const [first] = codes.known;
  const isLocal = codes.texts.some((text) => LOCAL.test(text));
  for (const { catalogueId, name, rxnorm: concepts, atc: beginning } of MEDICINES) {
    const concept = rxnorm.find((code) => concepts.includes(code));
    const substance = atc.find((code) => code.startsWith(beginning));
    const code: Coded | undefined =
      concept !== undefined
        ? { system: 'rxnorm', code: concept }
        : substance !== undefined
          ? { system: 'atc', code: substance }
          : isNamed(codes.texts, name)
            ? (first ?? { system: 'name', code: name })
            : undefined;
    if (code !== undefined && !isLocal) return whileItLasts({ catalogueId, code }, ended);
  }
  return undefined;
};

/** What ends a precaution that an earlier file of the source may have brought. */
export const endingOf = (
  named: Named,
  {
    patient,
    precaution,
    why,
    endedDate,
  }: {
    readonly patient: SourceReference;
    readonly precaution: ProposedPrecaution;
    readonly why: ImportedEnding['why'];
    readonly endedDate: string | undefined;
  },
): ImportedEnding => ({
  kind: 'ending',
  ...shown(named),
  patient,
  catalogueId: precaution.catalogueId,
  code: precaution.code,
  why,
  ...(endedDate === undefined ? {} : { endedDate }),
});
