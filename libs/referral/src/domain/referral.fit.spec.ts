import { fitOf, MISFITS, type Offered } from './referral.fit.js';

const CLINIC: Offered = {
  published: true,
  services: ['STM'],
  regions: ['knee', 'shoulder'],
  ageMin: 16,
  ageMax: null,
  payers: ['SELF-PAY'],
  capacity: 'limited',
};
const KNEE = { service: 'STM', regions: ['knee'], age: 46, payer: 'SELF-PAY', mayTreat: true };

const misfits = (offered: Partial<Offered>, wanted: object = {}): readonly string[] =>
  fitOf({ ...CLINIC, ...offered }, { ...KNEE, ...wanted }).flatMap(({ what, fits }) => (fits ? [] : [what]));

describe('a clinic', () => {
  it('that offers what the order asks for fits it in every row', () => {
    expect(fitOf(CLINIC, KNEE)).toEqual(MISFITS.map((what) => ({ what, fits: true })));
  });

  it('of which nothing is known to the contrary is judged by what is', () => {
    expect(fitOf(CLINIC, { service: 'STM', regions: [] }).map(({ what }) => what)).toEqual([
      'not-published',
      'service',
      'capacity',
    ]);
  });

  it.each([
    ['not-published', { published: false }, {}],
    ['service', { services: [] }, {}],
    ['region', {}, { regions: ['knee', 'hip'] }],
    ['age', {}, { age: 15 }],
    ['age', { ageMax: 45 }, {}],
    ['payer', {}, { payer: 'US-MEDICARE-B' }],
    ['performer', {}, { mayTreat: false }],
    ['capacity', { capacity: 'closed' as const }, {}],
  ])('does not fit by its %s', (what, offered, wanted) => {
    expect(misfits(offered, wanted)).toEqual([what]);
  });

  it('takes any age where it names none', () => {
    expect(misfits({ ageMin: null }, { age: 0 })).toEqual([]);
    expect(misfits({ ageMin: undefined }, { age: 120 })).toEqual([]);
  });
});
