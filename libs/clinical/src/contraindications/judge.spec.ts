import { TECHNIQUES, type TechniqueCode } from '../techniques.js';
import type { BodySite } from '../body-site.js';
import { judge, type Clearance, type Contraindicated, type SiteJudgement } from './judge.js';
import {
  CONTRAINDICATIONS,
  isClearable,
  type Contraindication,
  type ContraindicationId,
  type Detail,
  type Rule,
} from './rows.js';

const DAY = '2026-06-01';
const AT = '2026-06-01T12:00:00.000Z';
const DAY_MS = 86_400_000;

const hoursAgo = (hours: number) => {
  const at = new Date(Date.parse(AT) - hours * 3_600_000).toISOString();
  return { at, day: at.slice(0, 10) };
};
const daysAgo = (days: number) => {
  const day = new Date(Date.parse(DAY) - days * DAY_MS).toISOString().slice(0, 10);
  return { at: `${day}T23:59:59.999Z`, day };
};
const weeksAgo = (weeks: number) => daysAgo(7 * weeks);
const since = (day: string) => ({ at: `${day}T23:59:59.999Z`, day });

const LEFT: BodySite = { region: 'shoulder', side: 'left' };
const RIGHT: BodySite = { region: 'shoulder', side: 'right' };
const CALF: BodySite = { region: 'lower-leg', side: 'left' };
const CLEARED: Clearance = { from: '2026-05-01', until: DAY };

/** What is left there: `all`, `none`, or what is taken out with the grade. */
const left = ({ allowedTechniques, maxPressureGrade }: SiteJudgement): string => {
  if (allowedTechniques.length === 0) return 'none';
  const out = TECHNIQUES.map(({ code }) => code).filter((code) => !allowedTechniques.includes(code));
  return out.length === 0 && maxPressureGrade === 5
    ? 'all'
    : `without ${out.join(' ')} up to ${String(maxPressureGrade)}`;
};

type Given = Omit<Contraindicated, 'catalogueId'>;

const judged = (
  catalogueId: string,
  given: Given,
  site: BodySite,
  rows?: readonly Contraindication[],
): SiteJudgement => {
  const [found] = judge({ facts: [{ catalogueId, ...given }], sites: [site], at: AT, day: DAY }, rows);
  if (found === undefined) throw new Error('a place is judged');
  return found;
};

const details = (...said: Detail[]): Given => ({ details: said });

type Row = readonly [id: ContraindicationId, what: string, given: Given, there: string, elsewhere: string];

/** What is left there, and at the right shoulder: by hand, not made from the rows. */
// prettier-ignore
const AT_THE_SHOULDER: readonly Row[] = [
  ['C01', 'an infection of the whole body, wherever it began', { site: LEFT }, 'none', 'none'],
  ['C01', 'and no clearance opens it', { clearance: CLEARED }, 'none', 'none'],
  ['C02', 'thrombosis in an arm', { site: LEFT }, 'none', 'all'],
  ['C02', 'thrombosis somewhere', {}, 'none', 'none'],
  ['C03', 'a wound', { site: LEFT }, 'none', 'all'],
  ['C03', 'a wound somewhere', {}, 'none', 'none'],
  ['C03', 'a wound where nobody works', details('outside-regions'), 'all', 'all'],
  ['C04', 'shingles', { site: LEFT }, 'none', 'all'],
  ['C05', 'a fracture', { site: LEFT, clearance: CLEARED }, 'none', 'all'],
  ['C06', 'a sprain of 71 hours', { site: LEFT, since: hoursAgo(71) }, 'none', 'all'],
  ['C06', 'a sprain of 72 hours', { site: LEFT, since: hoursAgo(72) }, 'all', 'all'],
  ['C06', 'a sprain of 73 hours', { site: LEFT, since: hoursAgo(73) }, 'all', 'all'],
  ['C06', 'a sprain since nobody knows when', { site: LEFT }, 'none', 'all'],
  ['C06', 'a fresh sprain, cleared', { site: LEFT, since: hoursAgo(5), clearance: CLEARED }, 'all', 'all'],
  ['C06', 'a suspected rupture of 10 weeks', { site: LEFT, since: weeksAgo(10), ...details('suspected-rupture') }, 'none', 'all'],
  ['C06', 'a suspected rupture, cleared', { site: LEFT, since: weeksAgo(10), ...details('suspected-rupture'), clearance: CLEARED }, 'all', 'all'],
  ['C06', 'a haematoma of a week', { site: LEFT, since: weeksAgo(1), ...details('haematoma') }, 'none', 'all'],
  ['C06', 'a haematoma, cleared', { site: LEFT, since: weeksAgo(1), ...details('haematoma'), clearance: CLEARED }, 'all', 'all'],
  ['C07', 'ossification', { site: LEFT, since: weeksAgo(200) }, 'none', 'all'],
  ['C08', 'osteomyelitis', { site: LEFT }, 'none', 'none'],
  ['C08', 'osteomyelitis that was reviewed', { site: LEFT, clearance: CLEARED }, 'none', 'all'],
  ['C09', 'a tumour', { site: LEFT }, 'none', 'none'],
  ['C09', 'a tumour, cleared', { site: LEFT, clearance: CLEARED }, 'none', 'all'],
  ['C09', 'a tumour whose treatment is over', { site: LEFT, ...details('treatment-over') }, 'none', 'all'],
  ['C09', 'a tumour of an organ', details('outside-regions'), 'none', 'none'],
  ['C09', 'a tumour of an organ, treated', details('outside-regions', 'treatment-over'), 'all', 'all'],
  ['C10', 'haemophilia', { site: LEFT, clearance: CLEARED }, 'none', 'none'],
  ['C11', 'compartment syndrome', { site: CALF }, 'none', 'none'],
  ['C12', 'an unstable heart', { site: LEFT }, 'none', 'none'],
  ['C13', 'an aneurysm of years', { site: LEFT, since: weeksAgo(300) }, 'none', 'none'],
  ['C13', 'a stroke on 2 March', { since: since('2026-03-02'), ...details('stroke-or-tia') }, 'none', 'none'],
  ['C13', 'a stroke on 1 March', { since: since('2026-03-01'), ...details('stroke-or-tia') }, 'all', 'all'],
  ['C13', 'a stroke nobody knows when', { site: LEFT, ...details('stroke-or-tia') }, 'none', 'none'],
  ['C14', 'surgery 5 weeks ago', { site: LEFT, since: weeksAgo(5) }, 'none', 'all'],
  ['C14', 'surgery 5 weeks ago, cleared too early', { site: LEFT, since: weeksAgo(5), clearance: CLEARED }, 'none', 'all'],
  ['C14', 'surgery 7 weeks ago', { site: LEFT, since: weeksAgo(7) }, 'none', 'all'],
  ['C14', 'surgery 7 weeks ago, cleared', { site: LEFT, since: weeksAgo(7), clearance: CLEARED }, 'all', 'all'],
  ['C14', 'surgery 13 weeks ago', { site: LEFT, since: weeksAgo(13) }, 'all', 'all'],
  ['C14', 'surgery nobody knows when, cleared', { site: LEFT, clearance: CLEARED }, 'none', 'all'],
  ['C15', 'a refusal', { site: LEFT }, 'none', 'none'],
  ['P01', 'an anticoagulant', {}, 'without IASTM DTFM up to 2', 'without IASTM DTFM up to 2'],
  ['P01', 'and bleeding', { site: LEFT, ...details('bleeding-history') }, 'none', 'none'],
  ['P01', 'and bleeding, cleared', { ...details('bleeding-history'), clearance: CLEARED }, 'without IASTM DTFM up to 2', 'without IASTM DTFM up to 2'],
  ['P02', 'a steroid for long', {}, 'without IASTM DTFM CUP up to 3', 'without IASTM DTFM CUP up to 3'],
  ['P02', 'an injection 5 weeks ago', { site: LEFT, since: weeksAgo(5) }, 'none', 'all'],
  ['P02', 'an injection 5 weeks ago, cleared', { site: LEFT, since: weeksAgo(5), clearance: CLEARED }, 'all', 'all'],
  ['P02', 'an injection 6 weeks ago', { site: LEFT, since: weeksAgo(6) }, 'all', 'all'],
  ['P03', 'osteoporosis', {}, 'without TAP up to 3', 'without TAP up to 3'],
  ['P04', 'a flare', { site: LEFT }, 'none', 'all'],
  ['P04', 'arthritis without a flare', { site: LEFT, ...details('no-flare') }, 'without IASTM DTFM up to 3', 'all'],
  ['P04', 'arthritis', {}, 'without IASTM DTFM up to 3', 'without IASTM DTFM up to 3'],
  ['P04', 'a flare somewhere', details('flare'), 'none', 'none'],
  ['P04', 'a flare there, in so many words', { site: LEFT, ...details('flare') }, 'none', 'all'],
  ['P05', 'numb skin', { site: LEFT }, 'without CUP up to 3', 'all'],
  ['P06', 'a pregnancy of 13 weeks', { since: weeksAgo(13) }, 'none', 'none'],
  ['P06', 'a pregnancy of 13 weeks, cleared', { since: weeksAgo(13), clearance: CLEARED }, 'without CUP TAP up to 3', 'without CUP TAP up to 3'],
  ['P06', 'a pregnancy of 14 weeks', { since: weeksAgo(14) }, 'without CUP TAP up to 3', 'without CUP TAP up to 3'],
  ['P06', 'a pregnancy', { site: LEFT }, 'none', 'none'],
  ['P06', 'a later trimester', details('later-trimester'), 'without CUP TAP up to 3', 'without CUP TAP up to 3'],
  ['P06', 'a pregnancy at risk', { site: LEFT, ...details('later-trimester', 'high-risk') }, 'none', 'none'],
  ['P08', 'lymphedema', { site: LEFT }, 'none', 'all'],
  ['P08', 'lymphedema, cleared', { site: LEFT, clearance: CLEARED }, 'all', 'all'],
  ['P09', 'regional pain', { site: LEFT }, 'without IASTM DTFM CUP up to 2', 'all'],
  ['P10', 'a loose joint', { site: LEFT }, 'without PNS STR up to 5', 'all'],
  ['P11', 'a field since 2 March', { site: LEFT, since: since('2026-03-02'), clearance: CLEARED }, 'none', 'all'],
  ['P11', 'a field since 1 March', { site: LEFT, since: since('2026-03-01') }, 'none', 'all'],
  ['P11', 'a field since 1 March, cleared', { site: LEFT, since: since('2026-03-01'), clearance: CLEARED }, 'all', 'all'],
  ['P11', 'a field since 1 December', { site: LEFT, since: since('2025-12-01') }, 'all', 'all'],
  ['P12', 'a pacemaker', { site: LEFT }, 'none', 'all'],
  ['P13', 'a failing heart', { site: LEFT }, 'none', 'none'],
  ['P13', 'a failing heart, cleared', { clearance: CLEARED }, 'all', 'all'],
  ['P14', 'a new tattoo', { site: LEFT, since: weeksAgo(5) }, 'none', 'all'],
  ['P14', 'a tattoo of 6 weeks', { site: LEFT, since: weeksAgo(6) }, 'all', 'all'],
];

// prettier-ignore
const AT_THE_CALF: readonly Row[] = [
  ['C02', 'thrombosis in a leg', { site: CALF }, 'none', 'none'],
  ['P07', 'varicose veins', { site: CALF }, 'none', 'all'],
  ['P07', 'varicose veins somewhere', {}, 'none', 'all'],
];

type Vector = readonly [...Row, place: BodySite];

const VECTORS: readonly Vector[] = [
  ...AT_THE_SHOULDER.map((row): Vector => [...row, LEFT]),
  ...AT_THE_CALF.map((row): Vector => [...row, CALF]),
];

type Mutant = readonly [how: string, rule: Rule | undefined];

/** A rule broken in each of its ways. */
const brokenWays = (rule: Rule): readonly Mutant[] => {
  const { when = {}, without = [], maxPressureGrade, clearable, ...bare } = rule;
  return [
    ['is left out', undefined],
    ...Object.keys(when).map((condition): Mutant => {
      const others = Object.entries(when).filter(([key]) => key !== condition);
      return [`does not ask for "${condition}"`, { ...rule, when: Object.fromEntries(others) }];
    }),
    ...without.map((technique): Mutant => {
      const others = without.filter((one) => one !== technique);
      return [`leaves ${technique}`, { ...rule, without: others }];
    }),
    ...(maxPressureGrade === undefined
      ? []
      : [['is a grade harder', { ...rule, maxPressureGrade: maxPressureGrade + 1 }] as const]),
    ...(clearable === undefined ? [] : [['cannot be cleared', { ...bare, when }] as const]),
    ...(rule.effect === 'MOD'
      ? []
      : [['is elsewhere', { ...rule, where: rule.where === 'site' ? 'whole' : 'site' }] as const]),
  ];
};

const MUTANTS = CONTRAINDICATIONS.flatMap((row: Contraindication) =>
  row.rules.flatMap((rule, index) =>
    brokenWays(rule).map(
      ([how, broken]) =>
        [
          `rule ${String(index + 1)} of ${row.id} ${how}`,
          row.id,
          row.rules.flatMap((one) => (one === rule ? (broken ?? []) : one)),
        ] as const,
    ),
  ),
);

describe('contraindications', () => {
  it.each<Vector>(VECTORS)('%s: %s', (id, _what, given, there, elsewhere, place) => {
    expect([left(judged(id, given, place)), left(judged(id, given, RIGHT))]).toEqual([there, elsewhere]);
  });

  it('have vectors for each row', () => {
    expect([...new Set(VECTORS.map(([id]) => id))].toSorted()).toEqual(CONTRAINDICATIONS.map(({ id }) => id));
  });

  it.each(MUTANTS)('are other than these vectors say where %s', (_what, id, rules) => {
    const rows = CONTRAINDICATIONS.map((row: Contraindication) => (row.id === id ? { ...row, rules } : row));
    expect(
      VECTORS.filter(([row]) => row === id).some(
        ([, , given, there, elsewhere, place]) =>
          left(judged(id, given, place, rows)) !== there ||
          left(judged(id, given, RIGHT, rows)) !== elsewhere,
      ),
    ).toBe(true);
  });

  it('ask for what a row demands', () => {
    expect(judged('P05', {}, LEFT).demands).toEqual(['skin-check']);
    expect(judged('C11', {}, LEFT).demands).toEqual(['emergency-care']);
  });

  it('do not cross the fibres of a tendon under steroids; a muscle they may', () => {
    const deepFrictionOn = (tissue: 'tendon' | 'muscle') =>
      judge({
        facts: [{ catalogueId: 'P02' }],
        sites: [LEFT],
        tissues: [tissue],
        at: AT,
        day: DAY,
      })[0]?.allowedTechniques.includes('DTFM');
    expect([deepFrictionOn('tendon'), deepFrictionOn('muscle')]).toEqual([false, true]);
  });

  it('leave what all of them leave: the stricter wins', () => {
    const facts = [{ catalogueId: 'P01' }, { catalogueId: 'P10', site: LEFT }, { catalogueId: 'P03' }];
    expect(judge({ facts, sites: [{ ...LEFT, side: 'bilateral' }], at: AT, day: DAY }).map(left)).toEqual([
      'without IASTM DTFM PNS TAP STR up to 2',
      'without IASTM DTFM TAP up to 2',
    ]);
  });

  it.each<[string, Clearance, string]>([
    ['to its last day', { from: '2026-05-01', until: DAY }, 'all'],
    ['not after it', { from: '2026-05-01', until: '2026-05-31' }, 'none'],
    ['from its first day', { from: DAY, until: DAY }, 'all'],
    ['not before it', { from: '2026-06-02', until: '2026-06-30' }, 'none'],
    ['where it says', { from: DAY, until: DAY, sites: [LEFT] }, 'all'],
    ['nowhere else', { from: DAY, until: DAY, sites: [RIGHT] }, 'none'],
  ])('are cleared %s', (_what, clearance, expected) => {
    expect(left(judged('P08', { site: LEFT, clearance }, LEFT))).toBe(expected);
  });

  it('are cleared for the techniques that the clearance names', () => {
    const clearance = { from: DAY, until: DAY, techniques: ['EFF', 'MFR'] };
    expect(judged('P13', { clearance }, LEFT).allowedTechniques).toEqual<TechniqueCode[]>(['MFR', 'EFF']);
  });

  it.each<[ContraindicationId, Given, readonly string[]]>([
    ['C03', { site: LEFT }, ['resolution']],
    ['C03', {}, ['site-stated', 'resolution']],
    ['C06', { site: LEFT }, ['clearance', 'onset-stated', 'resolution']],
    ['C14', { site: LEFT, since: weeksAgo(5) }, ['time', 'resolution']],
    ['C14', { site: LEFT, since: weeksAgo(7) }, ['clearance', 'time', 'resolution']],
    ['C13', {}, ['detail-stated', 'resolution']],
  ])('say what would open %s (%j)', (id, given, expected) => {
    expect(judged(id, given, LEFT).findings[0]?.openedBy).toEqual(expected);
  });

  it('are cleared by a physician in these rows alone', () => {
    expect(CONTRAINDICATIONS.map(({ id }) => id).filter(isClearable)).toEqual([
      'C06', 'C08', 'C09', 'C14', 'P01', 'P02', 'P06', 'P08', 'P11', 'P13',
    ]); // prettier-ignore
  });

  it('know nothing of a row that the catalogue does not have', () => {
    expect(left(judged('P99', {}, LEFT))).toBe('all');
  });
});
