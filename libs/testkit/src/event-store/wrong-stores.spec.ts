/** The suite is worth what it catches: every deliberate defect must fail the check made for it. */
import { eventStoreChecks, eventStoreSuite } from './event-store-suite.js';
import { sketchStore, wrongStores } from './wrong-stores.js';

/** After which something is taken for never delivered: a store in memory delivers at once. */
const NEVER_MS = 5_000;

eventStoreSuite('a sketch without a defect', sketchStore);

describe('the suite against wrong stores', () => {
  /** All at once: what a wrong store never delivers is waited for, each time. */
  const outcomes = new Map<string, string>();

  beforeAll(async () => {
    await Promise.all(
      wrongStores.map(async ({ defect, factory, caughtBy }) => {
        const check = eventStoreChecks.find(({ name }) => name === caughtBy);
        if (check === undefined) throw new Error(`there is no check "${caughtBy}"`);
        const under = await factory();
        const outcome = await check.run({ ...under, deliveryMs: NEVER_MS }).then(
          () => 'passed',
          () => 'failed',
        );
        outcomes.set(defect, outcome);
        await under.close();
      }),
    );
  });

  it.each(wrongStores)('notices: $defect', ({ defect }) => {
    expect(outcomes.get(defect)).toBe('failed');
  });

  it('has a defect for every check', () => {
    const tried = new Set(wrongStores.map(({ caughtBy }) => caughtBy));
    const untried = eventStoreChecks.map(({ name }) => name).filter((name) => !tried.has(name));
    expect(untried).toEqual([]);
  });
});
