/**
 * When soft-tissue work is out of bounds, in whole or in part (docs/domain/safety.md#contraindications). Rows after Cheatham et al.,
 * Healthcare 2025;13(6):642, and course material; where sources disagree the stricter reading is taken. Words are ours. Every number
 * of {@link CONTRAINDICATION_LIMITS}, and every technique that a row takes out beyond P01, is a product default (DEF) that a
 * clinician signs off before use.
 */
import type { Region, Tissue } from '../body-site.js';
import type { TechniqueCode } from '../techniques.js';

export const CONTRAINDICATIONS_VERSION = '1';

/** BLOCK: nothing anywhere. SITE: nothing there. CLEAR: nothing until a physician has cleared it. MOD: not everything. */
export const EFFECTS = ['BLOCK', 'SITE', 'CLEAR', 'MOD'] as const;
export type Effect = (typeof EFFECTS)[number];

/** What may be said of a fact beyond its place and beginning. What is not said counts as the worse of what it may be. */
export const DETAILS = [
  /** In none of the regions that are worked: an organ, the chest wall. */
  'outside-regions',
  'suspected-rupture',
  'haematoma',
  'treatment-over',
  'stroke-or-tia',
  'bleeding-history',
  'flare',
  'no-flare',
  'later-trimester',
  'high-risk',
] as const;
export type Detail = (typeof DETAILS)[number];

export const DEMANDS = ['skin-check', 'emergency-care'] as const;
export type Demand = (typeof DEMANDS)[number];

/** Whole hours by the clock; weeks and months by the calendar. */
export type Span = { readonly hours: number } | { readonly weeks: number } | { readonly months: number };

/** Since its beginning; what began nobody knows when is as if it had just begun. */
export const CONTRAINDICATION_LIMITS = {
  version: '1',
  source: 'DEF: product default, needs a clinician',
  /** C06: the acute phase of a strain or sprain. */
  acuteInjury: { hours: 72 },
  /** C13: stroke, TIA. */
  stroke: { months: 3 },
  /** C14: no work on what was operated on before; from the first on with a clearance. */
  surgeryClearable: { weeks: 6 },
  surgeryHealed: { weeks: 12 },
  /** P02: after an injection there. */
  injection: { weeks: 6 },
  /** P06: from the first day of the last period. */
  firstTrimester: { weeks: 14 },
  /** P11: no work in the field before; then with a clearance. */
  radiotherapyClearable: { months: 3 },
  radiotherapyOver: { months: 6 },
  /** P14. */
  newSkin: { weeks: 6 },
} as const;

export interface Rule {
  readonly effect: Effect;
  /** `site`: where the fact is; nobody said where: everywhere. */
  readonly where: 'whole' | 'site';
  /** All of it has to hold. */
  readonly when?: {
    readonly stated?: Detail;
    readonly unless?: Detail;
    readonly under?: Span;
    /** Whether a place was named. */
    readonly sited?: boolean;
    /** Where it is, or nobody said where. */
    readonly within?: readonly Region[];
  };
  /** MOD: what is left out, and how hard at most (1-5). */
  readonly without?: readonly TechniqueCode[];
  readonly maxPressureGrade?: number;
  /** Of these tissues alone. */
  readonly tissues?: readonly Tissue[];
  readonly demands?: readonly Demand[];
  /** A physician's clearance opens it, as it does every CLEAR. */
  readonly clearable?: true;
  readonly why: string;
}

export interface Contraindication {
  readonly id: string;
  /** Names it in screens and translations. */
  readonly key: string;
  readonly words: string;
  readonly class: 'absolute' | 'relative';
  /** G: the whole body. L: a place. */
  readonly scope: 'G' | 'L' | 'G/L';
  readonly source: string;
  /** Where it is when nobody said so. */
  readonly usually?: readonly Region[];
  readonly rules: readonly Rule[];
}

export const LEG_REGIONS = [
  'sacroiliac-gluteal',
  'hip',
  'thigh-anterior',
  'thigh-posterior',
  'knee',
  'lower-leg',
  'ankle-foot',
  'plantar',
] as const satisfies readonly Region[];

const LIMITS = CONTRAINDICATION_LIMITS;
const S22 = 'S22';
const S22_AND_DEF = 'S22; limits DEF';

const block = (why: string): readonly Rule[] => [{ effect: 'BLOCK', where: 'whole', why }];
const site = (why: string): readonly Rule[] => [{ effect: 'SITE', where: 'site', why }];

// prettier-ignore
export const CONTRAINDICATIONS = [
  { id: 'C01', key: 'fever-or-systemic-infection', class: 'absolute', scope: 'G', source: S22_AND_DEF,
    words: 'Fever above 37.8 degrees Celsius, or an infection of the whole body',
    rules: block('Massage spreads and burdens where the body fights an infection.') },
  { id: 'C02', key: 'thrombosis', class: 'absolute', scope: 'G/L', source: S22,
    words: 'Thrombosis of a deep vein, or an inflamed vein with a clot',
    rules: [
      { effect: 'BLOCK', where: 'whole', when: { within: LEG_REGIONS }, why: 'A clot in a leg may come loose, whatever is worked.' },
      { effect: 'SITE', where: 'site', why: 'Pressure there may loosen the clot.' },
    ] },
  { id: 'C03', key: 'open-wound', class: 'absolute', scope: 'L', source: S22,
    words: 'Open wound, sutures, staples, or skin that tears easily', rules: site('The skin there is not closed.') },
  { id: 'C04', key: 'skin-infection', class: 'absolute', scope: 'L', source: S22,
    words: 'Cellulitis, shingles, contagious or inflamed skin', rules: site('Touch there spreads or worsens it.') },
  { id: 'C05', key: 'fracture', class: 'absolute', scope: 'L', source: S22,
    words: 'Fracture that is recent, unstable or not healed', rules: site('The bone there does not bear load.') },
  { id: 'C06', key: 'acute-injury', class: 'absolute', scope: 'L', source: S22_AND_DEF,
    words: 'Suspected complete rupture, haematoma, or a strain or sprain in its acute phase',
    rules: [
      { effect: 'SITE', where: 'site', when: { stated: 'suspected-rupture' }, clearable: true, why: 'A complete rupture is suspected there.' },
      { effect: 'SITE', where: 'site', when: { stated: 'haematoma' }, clearable: true, why: 'There is a haematoma.' },
      { effect: 'SITE', where: 'site', when: { under: LIMITS.acuteInjury }, clearable: true, why: 'The injury there is in its acute phase.' },
    ] },
  { id: 'C07', key: 'ossification-of-muscle', class: 'absolute', scope: 'L', source: S22,
    words: 'Bone that forms in a muscle', rules: site('Friction there feeds the ossification.') },
  { id: 'C08', key: 'infection-of-bone-or-joint', class: 'absolute', scope: 'L', source: S22,
    words: 'Infection of a bone or a joint',
    rules: [
      { effect: 'BLOCK', where: 'whole', clearable: true, why: 'A physician reviews an infection of bone or joint first.' },
      { effect: 'SITE', where: 'site', why: 'The bone or joint there is infected.' },
    ] },
  { id: 'C09', key: 'malignancy', class: 'absolute', scope: 'G/L', source: S22,
    words: 'Malignancy there, or elsewhere under treatment',
    rules: [
      { effect: 'SITE', where: 'site', why: 'There is a malignancy there.' },
      { effect: 'CLEAR', where: 'whole', when: { unless: 'treatment-over' }, why: 'A malignancy is under treatment.' },
    ] },
  { id: 'C10', key: 'bleeding-disorder', class: 'absolute', scope: 'G', source: S22,
    words: 'Haemophilia, few platelets, or bleeding now', rules: block('Pressure may cause bleeding that does not stop.') },
  { id: 'C11', key: 'compartment-syndrome', class: 'absolute', scope: 'G', source: S22,
    words: 'Compartment syndrome',
    rules: [{ effect: 'BLOCK', where: 'whole', demands: ['emergency-care'], why: 'It is an emergency: hospital within hours.' }] },
  { id: 'C12', key: 'unstable-circulation', class: 'absolute', scope: 'G', source: S22,
    words: 'Blood pressure out of control, unstable heart, arrhythmia', rules: block('The circulation bears no extra load.') },
  { id: 'C13', key: 'aneurysm-or-recent-stroke', class: 'absolute', scope: 'G', source: S22,
    words: 'Aneurysm, carotid bruit, stroke or TIA less than three months ago',
    rules: [
      { effect: 'BLOCK', where: 'whole', when: { unless: 'stroke-or-tia' }, why: 'A vessel may give way, or shed a clot.' },
      { effect: 'BLOCK', where: 'whole', when: { under: LIMITS.stroke }, why: 'The stroke or TIA is recent.' },
    ] },
  { id: 'C14', key: 'surgical-site', class: 'absolute', scope: 'L', source: 'S22; weeks DEF',
    words: 'Surgery there less than twelve weeks ago',
    rules: [
      { effect: 'SITE', where: 'site', when: { under: LIMITS.surgeryClearable }, why: 'What was operated on has not healed.' },
      { effect: 'CLEAR', where: 'site', when: { under: LIMITS.surgeryHealed }, why: 'What was operated on may not have healed.' },
    ] },
  { id: 'C15', key: 'no-consent', class: 'absolute', scope: 'G', source: S22,
    words: 'The patient refuses, or cannot consent', rules: block('Without consent nothing is done.') },
  { id: 'P01', key: 'anticoagulation', class: 'relative', scope: 'G', source: S22,
    words: 'Anticoagulant or antiplatelet medicine',
    rules: [
      { effect: 'MOD', where: 'whole', without: ['IASTM', 'DTFM'], maxPressureGrade: 2, why: 'Tissue bruises and bleeds easily.' },
      { effect: 'CLEAR', where: 'whole', when: { stated: 'bleeding-history' }, why: 'The patient has bled under it, or bleeds easily.' },
    ] },
  { id: 'P02', key: 'corticosteroid', class: 'relative', scope: 'G/L', source: S22_AND_DEF,
    words: 'Corticosteroid for long, or injected there recently',
    rules: [
      { effect: 'MOD', where: 'whole', when: { sited: false }, without: ['IASTM', 'CUP'], maxPressureGrade: 3, why: 'Skin and vessels are thin.' },
      { effect: 'MOD', where: 'whole', when: { sited: false }, without: ['DTFM'], tissues: ['tendon', 'ligament'], why: 'Tendons and ligaments are weak.' },
      { effect: 'CLEAR', where: 'site', when: { sited: true, under: LIMITS.injection }, why: 'The tissue there is weak after an injection.' },
    ] },
  { id: 'P03', key: 'osteoporosis', class: 'relative', scope: 'G', source: S22_AND_DEF,
    words: 'Osteoporosis',
    rules: [{ effect: 'MOD', where: 'whole', without: ['TAP'], maxPressureGrade: 3, why: 'Bone breaks under less load.' }] },
  { id: 'P04', key: 'inflammatory-arthritis', class: 'relative', scope: 'L', source: S22_AND_DEF,
    words: 'Rheumatoid or other inflammatory joint disease, above all in a flare',
    rules: [
      { effect: 'SITE', where: 'site', when: { sited: true, unless: 'no-flare' }, why: 'The joint there is in a flare.' },
      { effect: 'SITE', where: 'site', when: { stated: 'flare' }, why: 'A joint is in a flare.' },
      { effect: 'MOD', where: 'site', without: ['DTFM', 'IASTM'], maxPressureGrade: 3, why: 'Inflamed tissue is weak.' },
    ] },
  { id: 'P05', key: 'impaired-sensation', class: 'relative', scope: 'L', source: S22_AND_DEF,
    words: 'Diabetes with neuropathy, or impaired sensation',
    rules: [{ effect: 'MOD', where: 'site', without: ['CUP'], maxPressureGrade: 3, demands: ['skin-check'],
      why: 'The patient does not feel what is too much.' }] },
  { id: 'P06', key: 'pregnancy', class: 'relative', scope: 'G', source: S22_AND_DEF,
    words: 'Pregnancy',
    rules: [
      { effect: 'MOD', where: 'whole', without: ['CUP', 'TAP'], maxPressureGrade: 3, why: 'The body bears less.' },
      { effect: 'CLEAR', where: 'whole', when: { unless: 'later-trimester', under: LIMITS.firstTrimester }, why: 'It is the first trimester.' },
      { effect: 'CLEAR', where: 'whole', when: { stated: 'high-risk' }, why: 'The pregnancy is at high risk.' },
    ] },
  { id: 'P07', key: 'varicose-veins', class: 'relative', scope: 'L', source: S22, usually: LEG_REGIONS,
    words: 'Varicose veins', rules: site('Pressure hurts the veins there.') },
  { id: 'P08', key: 'lymphedema', class: 'relative', scope: 'L', source: S22,
    words: 'Lymphedema', rules: [{ effect: 'CLEAR', where: 'site', why: 'The flow of lymph there is impaired.' }] },
  { id: 'P09', key: 'central-sensitisation', class: 'relative', scope: 'L', source: S22_AND_DEF,
    words: 'Complex regional pain syndrome, central sensitisation',
    rules: [{ effect: 'MOD', where: 'site', without: ['DTFM', 'IASTM', 'CUP'], maxPressureGrade: 2, why: 'Strong stimuli feed the pain.' }] },
  { id: 'P10', key: 'instability', class: 'relative', scope: 'L', source: S22_AND_DEF,
    words: 'Hypermobility, or a joint that is not stable',
    rules: [{ effect: 'MOD', where: 'site', without: ['STR', 'PNS'], why: 'A loose joint is not taken to its end range.' }] },
  { id: 'P11', key: 'radiotherapy-field', class: 'relative', scope: 'L', source: S22,
    words: 'Radiotherapy there less than six months ago',
    rules: [
      { effect: 'SITE', where: 'site', when: { under: LIMITS.radiotherapyClearable }, why: 'Irradiated tissue there has not recovered.' },
      { effect: 'CLEAR', where: 'site', when: { under: LIMITS.radiotherapyOver },
        why: 'Irradiated tissue there may not have recovered.' },
    ] },
  { id: 'P12', key: 'implanted-device', class: 'relative', scope: 'L', source: S22,
    words: 'Pacemaker or pump implanted there', rules: site('The device and its leads lie there.') },
  { id: 'P13', key: 'organ-failure', class: 'relative', scope: 'G', source: S22,
    words: 'Failure of heart, kidney or liver',
    rules: [{ effect: 'CLEAR', where: 'whole', why: 'The body may not bear shifted fluid.' }] },
  { id: 'P14', key: 'new-scar-or-tattoo', class: 'relative', scope: 'L', source: S22_AND_DEF,
    words: 'New scar, recent tattoo or piercing',
    rules: [{ effect: 'SITE', where: 'site', when: { under: LIMITS.newSkin }, why: 'The skin there has not healed.' }] },
] as const satisfies readonly Contraindication[];

export type ContraindicationId = (typeof CONTRAINDICATIONS)[number]['id'];

export const CONTRAINDICATION_IDS: readonly ContraindicationId[] = CONTRAINDICATIONS.map(({ id }) => id);

export const isContraindicationId = (text: string): text is ContraindicationId =>
  CONTRAINDICATIONS.some(({ id }) => id === text);

/** Whether a physician's clearance opens any of it. */
export const isClearable = (id: string): boolean =>
  CONTRAINDICATIONS.some(
    (row: Contraindication) =>
      row.id === id && row.rules.some(({ effect, clearable }) => effect === 'CLEAR' || clearable === true),
  );
