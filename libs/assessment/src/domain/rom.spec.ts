import { romNormal, type RomNormal } from '@fascia/clinical';
import { creditedDegrees, percentOfNormal, romFault } from './rom.js';
import type { RomEntry } from './rom.js';

const entry = (change: Partial<RomEntry> = {}): RomEntry => ({
  joint: 'shoulder',
  motion: 'flexion',
  side: 'left',
  mode: 'active',
  degrees: 120,
  ...change,
});

const normalOf = (joint: string, motion: string): RomNormal => {
  const normal = romNormal(joint, motion);
  if (normal === undefined) throw new Error(`${joint} ${motion}`);
  return normal;
};

describe('an angle of a joint', () => {
  it.each([
    [entry()],
    [entry({ degrees: -30 })],
    [entry({ degrees: 220 })],
    [entry({ joint: 'knee', motion: 'extension', degrees: -15 })],
    [entry({ joint: 'cervical', motion: 'flexion', side: 'midline', degrees: 40 })],
    [entry({ joint: 'cervical', motion: 'rotation', side: 'right', degrees: 70 })],
    [entry({ degrees: 221, confirmed: true })],
  ])('%j is taken', (given) => {
    expect(romFault(given)).toBeUndefined();
  });

  it.each([
    [entry({ degrees: 221 }), 'MEASURE_RANGE', '/degrees'],
    [entry({ degrees: -31 }), 'MEASURE_RANGE', '/degrees'],
    [entry({ degrees: Number.NaN, confirmed: true }), 'MEASURE_RANGE', '/degrees'],
    [entry({ degrees: 400, confirmed: true }), 'MEASURE_RANGE', '/degrees'],
    [entry({ motion: 'pronation' }), 'MEASURE_RANGE', '/motion'],
    [entry({ joint: 'constructor', motion: 'name' }), 'MEASURE_RANGE', '/motion'],
    [entry({ side: 'midline' }), 'MEASURE_INCOMPLETE', '/side'],
    [
      entry({ joint: 'thoracolumbar', motion: 'flexion', side: 'left', degrees: 60 }),
      'MEASURE_INCOMPLETE',
      '/side',
    ],
  ])('%j is refused: %s at %s', (given, code, pointer) => {
    expect(romFault(given)).toMatchObject({ code, pointer });
  });
});

describe('the normal range', () => {
  it('caps what counts as gain', () => {
    expect(creditedDegrees(195, normalOf('shoulder', 'flexion'))).toBe(180);
    expect(creditedDegrees(-20, normalOf('knee', 'extension'))).toBe(-20);
    expect(creditedDegrees(123, normalOf('hip', 'flexion'))).toBe(123);
  });

  it('gives a share for display where there is one', () => {
    expect(percentOfNormal(90, normalOf('shoulder', 'flexion'))).toBe(50);
    expect(percentOfNormal(-5, normalOf('knee', 'extension'))).toBeUndefined();
  });
});
