import {
  isRegion,
  needsSide,
  REGIONS,
  sidesOf,
  siteFault,
  siteKey,
  sitesOverlap,
  workedSites,
} from './body-site.js';

describe('a site on the body', () => {
  it.each([
    [{ region: 'knee' }, 'side-missing'],
    [{ region: 'knee', side: 'midline' }, 'side-not-allowed'],
    [{ region: 'knee', side: 'left' }, undefined],
    [{ region: 'cervical', side: 'midline' }, undefined],
    [{ region: 'abdomen' }, undefined],
    [{ region: 'abdomen', side: 'left' }, 'side-not-allowed'],
    [{ region: 'widespread' }, undefined],
    [{ region: 'widespread', side: 'midline' }, 'side-not-allowed'],
  ] as const)('%j: %s', (site, fault) => {
    expect(siteFault(site)).toBe(fault);
  });

  it('has a side everywhere but in the abdomen and where it is widespread', () => {
    expect(REGIONS.filter((region) => !needsSide(region))).toEqual(['abdomen', 'widespread']);
  });

  it('is worked as two sites when bilateral', () => {
    expect(workedSites({ region: 'hip', side: 'bilateral' }).map(siteKey)).toEqual(['hip/left', 'hip/right']);
    expect(workedSites({ region: 'hip', side: 'left' }).map(siteKey)).toEqual(['hip/left']);
  });
});

describe('the regions', () => {
  const byLetter = { left: 'L', right: 'R', bilateral: 'B', midline: 'M' } as const;

  it('are twenty, with the sides that each allows', () => {
    expect(
      REGIONS.map((region) =>
        `${region} ${sidesOf(region)
          .map((side) => byLetter[side])
          .join('')}`.trim(),
      ),
    ).toEqual([
      'head-tmj LRB',
      'cervical LRBM',
      'shoulder LRB',
      'upper-arm LRB',
      'elbow LRB',
      'forearm LRB',
      'wrist-hand LRB',
      'thoracic LRBM',
      'rib LRB',
      'lumbar LRBM',
      'sacroiliac-gluteal LRB',
      'hip LRB',
      'thigh-anterior LRB',
      'thigh-posterior LRB',
      'knee LRB',
      'lower-leg LRB',
      'ankle-foot LRB',
      'plantar LRB',
      'abdomen M',
      'widespread',
    ]);
  });

  it('are known by their words only', () => {
    expect(['knee', 'Knee', 'neck', 'toString', ''].filter(isRegion)).toEqual(['knee']);
  });
});

describe('two sites', () => {
  it.each([
    ['hip', 'left', 'hip', 'bilateral', true],
    ['hip', 'left', 'hip', 'right', false],
    ['hip', 'left', 'knee', 'left', false],
    ['lumbar', 'midline', 'lumbar', 'bilateral', false],
    ['lumbar', undefined, 'lumbar', 'left', true],
  ] as const)('%s %s and %s %s overlap: %s', (region, side, other, otherSide, overlap) => {
    const site = side === undefined ? { region } : { region, side };
    expect(sitesOverlap(site, { region: other, side: otherSide })).toBe(overlap);
  });
});
