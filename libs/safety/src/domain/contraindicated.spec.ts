import type { Contraindicated } from '@fascia/clinical/contraindications';
import {
  contraindicatedBy,
  statedByDiagnosis,
  unsettledOf,
  type DiagnosisStood,
  type PrecautionFact,
  type Statement,
} from './contraindicated.js';

const KNEE = { region: 'knee', side: 'left' } as const;
const OTHER_KNEE = { region: 'knee', side: 'right' } as const;
const BEFORE = '2026-03-01T09:00:00.000Z';
const THEN = '2026-03-02T09:00:00.000Z';
const AFTER = '2026-03-03T09:00:00.000Z';

const precaution: PrecautionFact = {
  precautionId: '1',
  catalogueId: 'C05',
  status: 'confirmed',
  ended: false,
  settledAt: THEN,
  site: KNEE,
  since: null,
  beganAt: null,
  details: [],
  clearance: null,
};
const stated: Statement = { catalogueId: 'C05', site: KNEE, statedAt: BEFORE };

const rows = (held: readonly Contraindicated[]): readonly string[] =>
  held.map(({ catalogueId, site }) => [catalogueId, ...(site === undefined ? [] : [site.side])].join(' '));

describe('what holds for a person', () => {
  it.each<[string, Partial<PrecautionFact>, readonly string[]]>([
    ['what was confirmed', {}, ['C05 left']],
    ['what is over by its source and was confirmed all the same', { ended: true }, ['C05 left']],
    ['what a file proposes, until somebody has looked', { status: 'proposed' }, ['C05 left']],
    ['not what a file proposes as over', { status: 'proposed', ended: true }, []],
    ['not what was dismissed', { status: 'dismissed' }, []],
    ['not what was resolved', { status: 'resolved' }, []],
  ])('is %s', (_what, given, expected) => {
    expect(rows(contraindicatedBy([{ ...precaution, ...given }], [], 'UTC'))).toEqual(expected);
  });

  it.each<[string, Partial<PrecautionFact>, Partial<Statement>, readonly string[]]>([
    ['of another row', { catalogueId: 'P01' }, {}, ['P01 left', 'C05 left']],
    ['of another place', { site: OTHER_KNEE }, {}, ['C05 right', 'C05 left']],
    ['unless the record has it', {}, {}, ['C05 left']],
    ['unless the record has it somewhere', { site: null }, {}, ['C05']],
    ['unless the record says where', {}, { site: undefined }, ['C05 left']],
    ['unless it was settled since', { status: 'dismissed' }, {}, []],
    ['where its source alone ended it', { status: 'dismissed', settledAt: null }, {}, ['C05 left']],
    ['said again after it was settled', { status: 'resolved' }, { statedAt: AFTER }, ['C05 left']],
    ['unless the record has it, whenever it was said', {}, { statedAt: AFTER }, ['C05 left']],
    [
      'where a file proposes it as over',
      { status: 'proposed', ended: true, settledAt: null },
      {},
      ['C05 left'],
    ],
  ])('is what an order or a diagnosis says %s', (_what, given, said, expected) => {
    const held = contraindicatedBy([{ ...precaution, ...given }], [{ ...stated, ...said }], 'UTC');
    expect(rows(held)).toEqual(expected);
  });

  it.each<[string | null, string | null, string | undefined]>([
    [null, null, undefined],
    ['unknown', null, undefined],
    ['2026-02-03', null, '2026-02-03T23:59:59.999Z'],
    ['2026-02', null, '2026-02-28T23:59:59.999Z'],
    ['2026-12', null, '2026-12-31T23:59:59.999Z'],
    ['2026', null, '2026-12-31T23:59:59.999Z'],
    ['2026', '2026-02-03T10:00:00.000Z', '2026-02-03T10:00:00.000Z'],
  ])('began at the latest that %s (%s) may mean', (since, beganAt, expected) => {
    const [held] = contraindicatedBy([{ ...precaution, since, beganAt }], [], 'UTC');
    expect(held?.since?.at).toBe(expected);
  });

  it('is to be looked at where a file proposes it, over or not', () => {
    const proposed = { ...precaution, status: 'proposed' } as const;
    expect(unsettledOf([precaution, proposed, { ...proposed, ended: true }])).toHaveLength(2);
  });
});

describe('what a diagnosis says of precautions', () => {
  const sprain: DiagnosisStood = {
    code: 'S83.412A',
    verification: 'confirmed',
    region: 'knee',
    side: 'left',
    onset: null,
    recordedAt: BEFORE,
  };

  it.each<[string, Partial<DiagnosisStood>, string | undefined, readonly Statement[]]>([
    [
      'is the row of its code',
      {},
      undefined,
      [{ catalogueId: 'C06', site: KNEE, since: undefined, statedAt: BEFORE }],
    ],
    [
      'is since its onset',
      { onset: '2026-02' },
      '2025',
      [{ catalogueId: 'C06', site: KNEE, since: '2026-02', statedAt: BEFORE }],
    ],
    [
      'is since the onset of the order',
      {},
      '2025',
      [{ catalogueId: 'C06', site: KNEE, since: '2025', statedAt: BEFORE }],
    ],
    ['is nothing where it is only considered', { verification: 'differential' }, undefined, []],
    ['is nothing where its code says nothing', { code: 'M75.21' }, undefined, []],
    ['is nothing without a code', { code: null }, undefined, []],
  ])('%s', (_what, given, onset, expected) => {
    expect(statedByDiagnosis({ ...sprain, ...given }, onset)).toEqual(expected);
  });
});
