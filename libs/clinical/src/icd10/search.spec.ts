import { loadIcdCatalogue } from './load.js';

const catalogue = loadIcdCatalogue();
const first = (query: string): readonly string[] => catalogue.search(query, 5).map(({ code }) => code);

describe('everyday words', () => {
  it.each([
    ['tendonitis biceps', 'M75.21'],
    ['tendonitis achilles', 'M76.61'],
    ['tennis elbow', 'M77.11'],
    ['golfer’s elbow', 'M77.01'],
    ["jumper's knee", 'M76.51'],
    ['frozen shoulder', 'M75.01'],
    ['fibromyalgia', 'M79.7'],
    ['fibrositis', 'M79.7'],
    ['plantar fasciitis', 'M72.2'],
    ['heel pain', 'M72.2'],
    ['whiplash', 'S13.4'],
    ['knots', 'M79.18'],
    ['muscle tension', 'M62.838'],
    ['back pain', 'M54.59'],
    ['neck pain', 'M54.2'],
    ['forward head', 'R29.3'],
    ['scar tightness', 'L90.5'],
    ['hamstring strain', 'S76.311'],
    ['IT band', 'M76.31'],
    ['ankle sprain', 'S93.401'],
  ])('%s finds %s', (query, code) => {
    expect(catalogue.search(query, 12).map((hit) => hit.code)).toContain(code);
  });

  it('finds by the beginning of a code', () => {
    expect(first('m75.2')).toEqual(['M75.21', 'M75.22', 'M75.20']);
  });

  it('says what lacks a 7th character', () => {
    expect(catalogue.search('whiplash', 1)[0]).toEqual({
      code: 'S13.4',
      text: 'Sprain of ligaments of cervical spine',
      needsSeventh: true,
    });
  });

  it('answers nothing to nothing, and keeps to the limit', () => {
    expect(catalogue.search('', 5)).toEqual([]);
    expect(catalogue.search('zzzz', 5)).toEqual([]);
    expect(catalogue.search('pain', 3)).toHaveLength(3);
  });
});
