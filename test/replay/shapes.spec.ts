import { ADDING } from './goldens.js';
import { addShapes, changedShapes, keptShapes, missingShapes, shapesOf } from './shapes.js';
import { contractByCategory } from './stored-events.js';

const now = shapesOf([...contractByCategory.values()]);

beforeAll(() => {
  if (ADDING) addShapes(now);
});

describe('the shapes of stored events', () => {
  it('are what was written under their version: a change raises it, and comes with an upcast (docs/adding.md)', () => {
    expect(changedShapes(keptShapes(), now)).toEqual([]);
  });

  it('are all kept (add missing ones with FASCIA_ADD_GOLDENS=1)', () => {
    expect(missingShapes(keptShapes(), now)).toEqual([]);
  });
});
