import { calledLike, candidatesOf, chosenIn, isFit, targetOf, timesSent, type Asking } from './recipients.js';

type Listing = Parameters<typeof candidatesOf>[0][number];

const listing = (name: string, more: Partial<Listing> = {}): Listing => ({
  id: name,
  version: 1,
  title: `Soft tissue at ${name}`,
  organization: { id: `of ${name}`, name: `${name} Physiotherapy`, phones: [] },
  services: ['STM'],
  regions: ['knee'],
  payers: ['SELF-PAY'],
  ageMin: 16,
  ageMax: null,
  practitionerIds: [],
  capacity: 'open',
  ...more,
});
const ASKING: Asking = {
  content: {},
  birthDate: '1980',
  today: '2026-04-01',
  times: new Map(),
  refusals: [],
};
const names = (listings: readonly Listing[], asking: Partial<Asking> = {}): readonly string[] =>
  candidatesOf(listings, { ...ASKING, ...asking }).map((one) => one.listing.id);
const misfits = (one: Listing, asking: Partial<Asking> = {}): readonly string[] =>
  candidatesOf([one], { ...ASKING, ...asking }).flatMap(({ fit }) =>
    fit.flatMap(({ what, fits }) => (fits ? [] : [what])),
  );

describe('clinics that an order may go to', () => {
  it('come as they are called, those that fit before those that do not', () => {
    expect(names([listing('A', { capacity: 'closed' }), listing('B'), listing('C')])).toEqual([
      'B',
      'C',
      'A',
    ]);
  });

  it('come first where orders went before, most often first', () => {
    const times = new Map([
      ['of B', 1],
      ['of C', 3],
    ]);
    expect(names([listing('A'), listing('B'), listing('C', { capacity: 'closed' })], { times })).toEqual([
      'C',
      'B',
      'A',
    ]);
  });

  it('are not judged by what nobody has said yet', () => {
    expect(misfits(listing('A', { payers: [], regions: [] }), { birthDate: null })).toEqual([]);
  });

  it('say all that does not fit', () => {
    const content: Asking['content'] = {
      sites: [{ region: 'hip', side: 'left', tissues: ['muscle'] }],
      payer: { profile: 'US-MEDICARE-B' },
    };
    expect(misfits(listing('A', { capacity: 'closed' }), { content, birthDate: '2015' })).toEqual([
      'region',
      'age',
      'payer',
      'capacity',
    ]);
  });

  it('say what only the service knows, of the one that it is about', () => {
    const refusals = [
      {
        code: 'REFERRAL_RECIPIENT_UNFIT',
        title: '',
        detail: '',
        about: { listingId: 'A', why: 'performer' },
      },
    ];
    expect(misfits(listing('A'), { refusals })).toEqual(['performer']);
    expect(candidatesOf([listing('B')], { ...ASKING, refusals }).every(isFit)).toBe(true);
  });

  it('are found by parts of their names, however these are written', () => {
    const all = candidatesOf([listing('Ozolinš'), listing('Riverside')], ASKING);
    const found = (typed: string) => calledLike(all, typed).map((one) => one.listing.id);
    expect(found('')).toEqual(['Ozolinš', 'Riverside']);
    expect(found('phys OZOLINS')).toEqual(['Ozolinš']);
    expect(found('nobody')).toEqual([]);
  });
});

describe('orders that were sent', () => {
  it('are counted by who has them; a draft is with nobody', () => {
    const to = (organizationId: string) => ({ recipient: { organizationId, name: null } });
    expect([...timesSent([to('A'), { recipient: null }, to('B'), to('A')])]).toEqual([
      ['A', 2],
      ['B', 1],
    ]);
  });
});

describe('a choice of clinics', () => {
  it.each([
    [[], undefined],
    [['A'], { kind: 'directed', listingId: 'A' }],
    [['A', 'B'], { kind: 'pool', listingIds: ['A', 'B'] }],
  ])('of %j is %j, and is found again', (chosen, target) => {
    expect(targetOf(chosen)).toEqual(target);
    expect(chosenIn(targetOf(chosen))).toEqual(chosen);
  });
});
