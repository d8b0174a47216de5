import { DEFAULT_THRESHOLDS, thresholdFor } from './change-thresholds.js';
import { romNormal } from './rom-normals.js';

describe('the table of thresholds', () => {
  const { rows, version } = DEFAULT_THRESHOLDS;

  it('has a version, and a source and a threshold in every row', () => {
    expect(version).toBe('1');
    expect(rows.filter(({ source, meaningful }) => !/^(S\d+|DEF)\b/.test(source) || meaningful <= 0)).toEqual(
      [],
    );
  });

  it('has one row for one instrument, scale and set of conditions, and one direction for one instrument', () => {
    const keys = rows.map(({ instrument, scale, when = {} }) =>
      JSON.stringify([instrument, scale, Object.entries(when).toSorted()]),
    );
    expect(new Set(keys).size).toBe(rows.length);
    const directions = new Set(rows.map(({ instrument, direction }) => `${instrument} ${direction}`));
    expect(directions.size).toBe(new Set(rows.map(({ instrument }) => instrument)).size);
  });

  it('names joints and motions that there are', () => {
    const motions = rows.flatMap(({ when }) =>
      when?.joint === undefined || when.motion === undefined ? [] : [romNormal(when.joint, when.motion)],
    );
    expect(motions).toHaveLength(2);
    expect(motions).not.toContain(undefined);
  });
});

describe('the threshold for a measurement', () => {
  // Rows of docs/domain/measures.md#thresholds, by hand.
  // prettier-ignore
  it.each([
    ['NPRS', '0-10', {}, { meaningful: 2, mdc: 2, direction: 'down', source: 'S24' }],
    ['QUICKDASH', '0-100', {}, { meaningful: 15.9, mdc: 12.85, direction: 'down' }],
    ['LEFS', '0-80', {}, { meaningful: 9, mdc: 9, direction: 'up' }],
    ['NDI', 'RAW50', {}, { meaningful: 7.5, mdc: 5 }],
    ['NDI', 'RAW50', { cohort: 'radiculopathy' }, { meaningful: 7.5, mdc: 10.2 }],
    ['CVA', 'deg', {}, { meaningful: 1.4, weak: true }],
    ['ROM', 'deg', { raters: 'same', joint: 'hip' }, { meaningful: 5 }],
    ['ROM', 'deg', { raters: 'other', joint: 'hip' }, { meaningful: 10 }],
    ['ROM', 'deg', { raters: 'other', joint: 'shoulder', mode: 'active' }, { meaningful: 20 }],
    ['ROM', 'deg', { raters: 'other', joint: 'shoulder', mode: 'passive' }, { meaningful: 20, mdc: 25 }],
    ['ROM', 'deg', { raters: 'same', joint: 'knee', motion: 'extension' }, { meaningful: 5, mdc: 3.5 }],
  ] as const)('%s (%s) with %j is %j', (instrument, scale, conditions, row) => {
    expect(thresholdFor(DEFAULT_THRESHOLDS, instrument, scale, conditions)).toMatchObject(row);
  });

  it('is missing for another scale, and where no row says anything', () => {
    expect(thresholdFor(DEFAULT_THRESHOLDS, 'NDI', '0-10', {})).toBeUndefined();
    expect(thresholdFor(DEFAULT_THRESHOLDS, 'PHQ-2', '0-6', {})).toBeUndefined();
  });
});
