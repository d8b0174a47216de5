import { ROM_NORMALS, romNormal } from './rom-normals.js';

describe('the normal range', () => {
  const motions = Object.entries(ROM_NORMALS).flatMap(([joint, named]) =>
    Object.keys(named).map((motion) => [joint, motion] as const),
  );

  it('is known for every motion, lower end first', () => {
    const normals = motions.map(([joint, motion]) => romNormal(joint, motion));
    expect(normals).toHaveLength(33);
    expect(normals.every((normal) => normal !== undefined && normal.aaos[0] <= normal.aaos[1])).toBe(true);
  });

  // Values of AAOS, and of the AMA where it differs (docs/domain/measures.md#range-of-motion).
  // prettier-ignore
  it.each([
    ['shoulder', 'extension', { aaos: [60, 60], ama: 50, sided: true }],
    ['shoulder', 'lateral-rotation', { aaos: [90, 90], ama: 60, sided: true }],
    ['hip', 'flexion', { aaos: [120, 125], sided: true }],
    ['knee', 'extension', { aaos: [0, 0], sided: true }],
    ['ankle', 'dorsiflexion', { aaos: [20, 20], sided: true }],
    ['cervical', 'flexion', { aaos: [45, 50], sided: false, unconfirmed: true }],
    ['thoracolumbar', 'flexion', { aaos: [80, 80], ama: 60, sided: false }],
  ] as const)('of %s %s is %j', (joint, motion, normal) => {
    expect(romNormal(joint, motion)).toEqual(normal);
  });

  it.each([
    ['knee', 'pronation'],
    ['toe', 'flexion'],
    ['constructor', 'name'],
    ['knee', 'toString'],
  ])('is unknown for %s %s', (joint, motion) => {
    expect(romNormal(joint, motion)).toBeUndefined();
  });
});
