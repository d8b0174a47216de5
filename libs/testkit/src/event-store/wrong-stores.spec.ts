/** The suite is worth what it catches: every deliberate defect must fail the check made for it. */
import { eventStoreChecks, eventStoreSuite } from './event-store-suite.js';
import { sketchStore, wrongStores } from './wrong-stores.js';

eventStoreSuite('a sketch without a defect', sketchStore);

describe('the suite against wrong stores', () => {
  for (const { defect, factory, caughtBy } of wrongStores) {
    it(`notices: ${defect}`, async () => {
      const check = eventStoreChecks.find(({ name }) => name === caughtBy);
      if (check === undefined) throw new Error(`there is no check "${caughtBy}"`);
      const under = await factory();
      const outcome = await check.run(under).then(
        () => 'passed',
        () => 'failed',
      );
      await under.close();
      expect(outcome).toBe('failed');
    }, 30_000);
  }

  it('has a defect for every check', () => {
    const tried = new Set(wrongStores.map(({ caughtBy }) => caughtBy));
    const untried = eventStoreChecks.map(({ name }) => name).filter((name) => !tried.has(name));
    expect(untried).toEqual([]);
  });
});
