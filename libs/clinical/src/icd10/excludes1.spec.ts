import { excludedRanges } from './excludes1.js';
import { bouncesOnSight, hazardOf, modifierOf } from './hazards.js';
import { loadIcdCatalogue } from './load.js';

const catalogue = loadIcdCatalogue();

describe('two codes that never stand together', () => {
  it.each([
    ['M79.18', 'M79.7', 'M79.1'],
    ['M79.12', 'M60.9', 'M79.1'],
    ['M62.838', 'M79.18', 'M62'],
    ['M24.511', 'M62.411', 'M24.5'],
    ['M25.611', 'M24.511', 'M25.6'],
    ['M54.50', 'S39.012A', 'M54.5'],
    ['M65.811', 'M70.61', 'M65'],
  ])('%s and %s, by the note at %s', (a, b, at) => {
    expect(catalogue.excludes1(a, b)).toMatchObject({ at });
    expect(catalogue.excludes1(b, a)).toBeDefined();
  });

  it.each([
    ['M75.21', 'M75.41'],
    ['M75.21', 'M75.22'],
    ['M79.7', 'M54.2'],
    ['M76.61', 'M72.2'],
  ])('does not keep %s and %s apart', (a, b) => {
    expect(catalogue.excludes1(a, b)).toBeUndefined();
  });
});

describe('notes for a person to read', () => {
  it('shows a note without a code and does not enforce it', () => {
    expect(catalogue.excludes1Notes('M65.811')).toContainEqual({
      at: 'M65',
      note: 'current injury - see injury of ligament or tendon by body region',
      enforced: false,
    });
  });
});

describe('the codes in a note', () => {
  it.each([
    ['fibromyalgia (M79.7)', [['M797', 'M797']]],
    ['myositis (M60.-)', [['M60', 'M60']]],
    ['mononeuropathies (G56-G58)', [['G56', 'G58']]],
    ['sciatica (M54.3-M54.4)', [['M543', 'M544']]],
    [
      'two kinds (M51.2-, M54.41)',
      [
        ['M512', 'M512'],
        ['M5441', 'M5441'],
      ],
    ],
    ['open fracture of pelvis (S32.1--S32.9 with 7th character B)', []],
    ['diabetes mellitus (E08-E13 with .42)', []],
    ['tuberculosis of any type in A15 (J65)', [['J65', 'J65']]],
    ['hearing loss as classified in H90.-', [['H90', 'H90']]],
    ['injuries of S06.1- to S06.6-', [['S061', 'S066']]],
    ['otitis media in:', []],
    ['glucose-6-phosphate dehydrogenase (G6PD) deficiency (D75.A)', [['D75A', 'D75A']]],
  ])('%s', (note, ranges) => {
    expect(excludedRanges(note).map(({ first, last }) => [first, last])).toEqual(ranges);
  });
});

describe('codes that speak about safety', () => {
  it.each(['M72.6', 'm60.009', 'I82.401', 'G83.4', 'M46.20', 'L03.115', 'T79.A11A'])('%s bounces', (code) => {
    expect(bouncesOnSight(code)).toBe(true);
  });

  it.each(['M72.2', 'M60.1', 'M75.21', 'M84.30XA', 'nonsense'])('%s does not', (code) => {
    expect(bouncesOnSight(code)).toBe(false);
  });

  it('says how far the hazard reaches', () => {
    expect(hazardOf('L03.115')?.scope).toBe('site');
    expect(hazardOf('I80.01')?.scope).toBe('whole');
  });

  it('knows the modifiers', () => {
    expect(modifierOf('Z79.01')?.precaution).toBe('P01');
    expect(modifierOf('G90.511')?.precaution).toBe('P09');
    expect(modifierOf('M75.21')).toBeUndefined();
  });
});
