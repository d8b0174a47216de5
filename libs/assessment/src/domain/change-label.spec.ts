import fc from 'fast-check';
import { DEFAULT_THRESHOLDS } from '@fascia/clinical';
import { comparabilityFault, labelChange } from './change-label.js';
import type { Measurement } from './change-label.js';

const measured = (
  instrument: string,
  scale: string,
  value: number,
  more: Partial<Measurement> = {},
): Measurement => ({
  instrument,
  version: '1',
  scale,
  value,
  rater: 'a',
  ...more,
});

const arm: Partial<Measurement> = {
  joint: 'shoulder',
  motion: 'flexion',
  side: 'left',
  mode: 'active',
  device: 'goniometer',
  position: 'supine',
};
const knee: Partial<Measurement> = { ...arm, joint: 'knee', motion: 'extension' };

describe('a change between two measurements', () => {
  it.each([
    ['NPRS', '0-10', 7, 5, 'improved'],
    ['NPRS', '0-10', 7, 6, 'unchanged'],
    ['NPRS', '0-10', 5, 7, 'worsened'],
    ['PSFS', '0-10', 3.7, 5.7, 'improved'],
    ['PSFS-ACTIVITY', '0-10', 3, 5, 'withinError'],
    ['PSFS-ACTIVITY', '0-10', 5, 3, 'withinError'],
    ['PSFS-ACTIVITY', '0-10', 3, 6, 'improved'],
    ['QUICKDASH', '0-100', 50, 34.1, 'improved'],
    ['QUICKDASH', '0-100', 50, 37, 'unchanged'],
    ['NDI', 'RAW50', 20, 12.5, 'improved'],
    ['NDI', 'PCT100', 40, 32, 'unchanged'],
    ['LEFS', '0-80', 40, 30, 'worsened'],
    ['WHO-5', 'PCT100', 40, 52, 'improved'],
  ])('%s (%s) from %d to %d: %s', (instrument, scale, before, after, label) => {
    expect(labelChange(measured(instrument, scale, before), measured(instrument, scale, after)).label).toBe(
      label,
    );
  });

  it('uses the threshold of the cohort', () => {
    const [before, after] = [measured('NDI', 'RAW50', 30), measured('NDI', 'RAW50', 21)];
    expect(labelChange(before, after).label).toBe('improved');
    expect(labelChange(before, after, { cohort: 'radiculopathy' })).toMatchObject({
      label: 'withinError',
      threshold: 10.2,
    });
  });

  it('says by which threshold and whose', () => {
    expect(labelChange(measured('CVA', 'deg', 44, arm), measured('CVA', 'deg', 46, arm))).toEqual({
      label: 'improved',
      gain: 2,
      threshold: 1.4,
      meaningful: 1.4,
      source: 'S29: distribution-based, students',
      thresholdsVersion: '1',
      weak: true,
    });
  });
});

describe('range of motion', () => {
  it.each([
    ['same rater', arm, 120, arm, 125, 'improved'],
    ['same rater, too little', arm, 120, arm, 124, 'unchanged'],
    ['another rater needs more', arm, 120, { ...arm, rater: 'b' }, 135, 'unchanged'],
    ['another rater, enough', arm, 120, { ...arm, rater: 'b' }, 140, 'improved'],
    ['a deficit made smaller', knee, -15, knee, -5, 'improved'],
    ['a deficit made smaller, another rater', knee, -15, { ...knee, rater: 'b' }, -5, 'withinError'],
    ['beyond normal is no gain', arm, 178, arm, 195, 'unchanged'],
    ['nor is coming back from there a loss', arm, 195, arm, 180, 'unchanged'],
  ])('%s', (_, first, before, second, after, label) => {
    expect(
      labelChange(measured('ROM', 'deg', before, first), measured('ROM', 'deg', after, second)).label,
    ).toBe(label);
  });
});

describe('measurements that are not alike', () => {
  it.each([
    [measured('NDI', 'RAW50', 20), measured('NDI', 'PCT100', 20), 'scale'],
    [measured('NPRS', '0-10', 5), measured('NPRS', '0-10', 2, { version: '2' }), 'version'],
    [measured('NPRS', '0-10', 5), measured('VAS', '0-10', 2), 'instrument'],
    [measured('ROM', 'deg', 100, arm), measured('ROM', 'deg', 120, { ...arm, mode: 'passive' }), 'mode'],
    [
      measured('ROM', 'deg', 100, arm),
      measured('ROM', 'deg', 120, { ...arm, device: 'inclinometer' }),
      'device',
    ],
    [measured('ROM', 'deg', 100, arm), measured('ROM', 'deg', 120, { ...arm, side: 'right' }), 'side'],
  ])('are not compared (%#)', (before, after, because) => {
    expect(labelChange(before, after)).toEqual({ label: 'notComparable', because });
    expect(comparabilityFault(before, after)).toMatchObject({
      code: 'MEASURE_NOT_COMPARABLE',
      pointer: `/${because}`,
    });
  });

  it('nor are those without a threshold', () => {
    expect(labelChange(measured('PHQ-2', '0-6', 4), measured('PHQ-2', '0-6', 1))).toEqual({
      label: 'notComparable',
      because: 'threshold',
    });
  });
});

describe('any instrument and any two values', () => {
  const anyRow = fc.constantFrom(...DEFAULT_THRESHOLDS.rows.filter(({ when }) => when === undefined));
  const value = fc.integer({ min: 0, max: 100 });
  const MIRRORED: Readonly<Record<string, string>> = { improved: 'worsened', worsened: 'improved' };

  it('calls the way back the opposite', () => {
    fc.assert(
      fc.property(anyRow, value, value, ({ instrument, scale }, a, b) => {
        const [there, back] = [
          labelChange(measured(instrument, scale, a), measured(instrument, scale, b)),
          labelChange(measured(instrument, scale, b), measured(instrument, scale, a)),
        ];
        expect(back.label).toBe(MIRRORED[there.label] ?? there.label);
      }),
    );
  });

  it('calls nothing a change that is smaller than the error of measurement', () => {
    fc.assert(
      fc.property(anyRow, value, value, ({ instrument, scale, mdc = 0 }, a, b) => {
        const { label } = labelChange(measured(instrument, scale, a), measured(instrument, scale, b));
        if (Math.abs(a - b) < mdc) expect(['unchanged', 'withinError']).toContain(label);
      }),
    );
  });
});
