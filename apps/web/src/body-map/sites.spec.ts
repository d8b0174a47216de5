import { REGIONS, siteKey, type BodySite } from '@fascia/clinical';
import fc from 'fast-check';
import { PART_NAMES, PARTS } from './parts.js';
import { placesFor, placesOf, placeText, toggled, type MarkedSite, type Place } from './sites.js';
import { BODY_WORDS, sideName } from './words.js';

const PLACES = REGIONS.flatMap(placesOf);

const places = (
  sites: readonly MarkedSite[],
  whyNot: (site: BodySite) => string | undefined = () => undefined,
): readonly Place[] => [...placesFor(sites, whyNot, BODY_WORDS).values()];

const marked = (sites: readonly MarkedSite[]): readonly string[] =>
  places(sites)
    .filter((place) => place.marked)
    .map(({ key }) => key);

const one = (key: string, ...given: Parameters<typeof places>): Place =>
  places(...given).find((place) => place.key === key) as Place;

describe('the places', () => {
  it('stand under one heading each', () => {
    expect(PART_NAMES.flatMap((part) => PARTS[part]).toSorted()).toEqual(REGIONS.toSorted());
  });

  it('have a name of their own', () => {
    const names = places([]).map(({ name }) => name);
    expect(new Set(names).size).toBe(PLACES.length);
    expect(names).toEqual(expect.arrayContaining(['left knee', 'neck, midline', 'abdomen', 'widespread']));
  });

  it('are named by their side alone where the region stands beside', () => {
    const short = (site: BodySite): string => sideName(BODY_WORDS, site);
    expect(short({ region: 'knee', side: 'left' })).toBe('left');
    expect(short({ region: 'abdomen', side: 'midline' })).toBe('abdomen');
  });
});

describe('a mark', () => {
  it.each([
    [{ region: 'knee', side: 'left' }, ['knee/left']],
    [{ region: 'knee', side: 'bilateral' }, ['knee/left', 'knee/right']],
    [{ region: 'cervical', side: 'midline' }, ['cervical/midline']],
    [{ region: 'abdomen' }, ['abdomen/midline']],
    [{ region: 'widespread' }, ['widespread']],
  ] as const)('%j is on %j', (site, keys) => {
    expect(marked([site])).toEqual(keys);
  });

  it('says in words what its colour says, unless it has words of its own', () => {
    const knee = { region: 'knee', side: 'left', tone: 'tendon' } as const;
    expect(placeText(BODY_WORDS, one('knee/left', [knee]))).toBe('left knee: tendon');
    expect(one('knee/left', [{ ...knee, label: 'patellar tendon' }]).note).toBe('patellar tendon');
  });

  it('stands beside others at the same place', () => {
    const at = { region: 'knee', side: 'left' } as const;
    const place = one('knee/left', [
      { ...at, tone: 'scar' },
      { ...at, tone: 'fascia' },
      { ...at, tone: 'scar' },
    ]);
    expect(place).toMatchObject({ tone: 'scar', note: 'scar; fascia' });
  });
});

describe('a place that may not be marked', () => {
  const open = ({ region }: BodySite): string | undefined => (region === 'knee' ? 'open wound' : undefined);

  it('is barred, with the reason', () => {
    expect(one('knee/left', [], open)).toMatchObject({ barred: true, marked: false, note: 'open wound' });
    expect(one('hip/left', [], open)).toMatchObject({ barred: false, note: undefined });
  });

  it('can be taken back when it is marked', () => {
    const knee = { region: 'knee', side: 'left', label: 'planned' } as const;
    expect(one('knee/left', [knee], open)).toMatchObject({ barred: false, note: 'planned; open wound' });
  });
});

describe('choosing a place', () => {
  it('marks it', () => {
    expect(toggled([], { region: 'hip', side: 'left' })).toEqual([{ region: 'hip', side: 'left' }]);
  });

  it('takes one side back of what is marked on both, with what was said of it', () => {
    const both = { region: 'hip', side: 'bilateral', tone: 'muscle', label: 'gluteus' } as const;
    expect(toggled([both], { region: 'hip', side: 'left' })).toEqual([{ ...both, side: 'right' }]);
  });

  it('takes back a mark that names no side', () => {
    expect(toggled([{ region: 'abdomen' }], { region: 'abdomen', side: 'midline' })).toEqual([]);
  });

  it('changes that place and no other, and choosing it again changes it back', () => {
    const site = fc.constantFrom(...PLACES, { region: 'knee', side: 'bilateral' } as const);
    fc.assert(
      fc.property(fc.array(site, { maxLength: 6 }), fc.constantFrom(...PLACES), (sites, chosen) => {
        const before = new Set(marked(sites));
        const once = toggled(sites, chosen);
        const after = new Set(marked(once));
        const changed = PLACES.map(siteKey).filter((key) => before.has(key) !== after.has(key));
        expect(changed).toEqual([siteKey(chosen)]);
        expect(new Set(marked(toggled(once, chosen)))).toEqual(before);
      }),
    );
  });
});
