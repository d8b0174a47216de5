import { stateOf, sumsOf } from './report.js';

const counts = { added: 0, changed: 0, unchanged: 0, different: 0, refused: 0 };

const report = {
  byKind: {
    patient: { ...counts, added: 2, refused: 1 },
    condition: { ...counts, added: 1, different: 3 },
  },
  resources: [
    { resourceType: 'Patient', read: 4, taken: 3, ignored: 0, broken: 1 },
    { resourceType: 'Condition', read: 9, taken: 4, ignored: 5, broken: 0 },
  ],
};

describe('what the report of an import comes to', () => {
  it('is summed up over kinds of things and of resources', () => {
    expect(sumsOf(report)).toEqual({
      ...{ read: 13, ignored: 5, broken: 1 },
      ...{ added: 3, changed: 0, unchanged: 0, different: 3, refused: 1 },
    });
  });

  it.each([
    [{ added: 1 }, 'finished'],
    [{ changed: 1 }, 'finished'],
    [{ unchanged: 1 }, 'finished'],
    [{ different: 1, refused: 1 }, 'nothing-taken'],
    [{}, 'nothing-taken'],
  ])('of %j it is %s', (some, state) => {
    expect(stateOf(sumsOf({ byKind: { patient: { ...counts, ...some } }, resources: [] }))).toBe(state);
  });
});
