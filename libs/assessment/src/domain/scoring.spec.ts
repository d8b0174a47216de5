import type { StoredMeasurement } from '../contract/events.js';
import { changeSince, scored, takenOtherwise } from './scoring.js';

const measured = (
  said: Parameters<typeof scored>[0],
  raterId = 'a',
): { measurement: StoredMeasurement; raterId: string } => {
  const measurement = scored(said);
  if ('code' in measurement) throw new Error(measurement.detail);
  return { measurement, raterId };
};

const flexion = {
  instrument: 'ROM',
  joint: 'knee',
  motion: 'flexion',
  side: 'left',
  mode: 'active',
} as const;

describe('a change since the baseline', () => {
  it('is labelled with its threshold and source', () => {
    expect(
      changeSince(measured({ instrument: 'NPRS', value: 6 }), measured({ instrument: 'NPRS', value: 3 })),
    ).toMatchObject({ label: 'improved', gain: 3, threshold: 2, source: 'S24' });
  });

  it('must be larger where somebody else measured', () => {
    const baseline = measured({ ...flexion, value: 90 });
    expect(changeSince(baseline, measured({ ...flexion, value: 97 }))).toMatchObject({ label: 'improved' });
    expect(changeSince(baseline, measured({ ...flexion, value: 97 }, 'b'))).toMatchObject({
      label: 'unchanged',
      threshold: 10,
    });
  });

  it('is none between two kinds', () => {
    expect(
      changeSince(
        measured({ instrument: 'NPRS', value: 6 }),
        measured({ instrument: 'NPRS', value: 3, region: 'knee' }),
      ),
    ).toBeUndefined();
  });

  it('is no number where it was measured in another way, and that is said', () => {
    const baseline = measured({ ...flexion, value: 90, device: 'goniometer' });
    const later = measured({ ...flexion, value: 100, device: 'inclinometer' });
    expect(changeSince(baseline, later)).toEqual({ label: 'notComparable', because: 'device' });
    expect(takenOtherwise(baseline, later)).toBe('device');
    expect(takenOtherwise(baseline, baseline)).toBeUndefined();
  });
});
