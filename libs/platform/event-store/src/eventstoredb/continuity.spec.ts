import { Continuity } from './continuity.js';
import { DamagedLog } from './troubles.js';

describe('the versions of a stream', () => {
  it('may begin anywhere and go on one by one, beside those of others', () => {
    const continuity = new Continuity();
    for (const [stream, version] of [
      ['task-a', 7],
      ['task-b', 1],
      ['task-a', 8],
      ['task-b', 2],
    ] as const)
      continuity.assert({ stream, version });
  });

  it.each([
    [7, 9],
    [7, 7],
    [7, 6],
  ])('must not go from %i to %i', (before, version) => {
    const continuity = new Continuity();
    continuity.assert({ stream: 'task-a', version: before });
    expect(() => continuity.assert({ stream: 'task-a', version })).toThrow(DamagedLog);
  });
});
