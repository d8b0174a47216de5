/** The suite is worth what it catches: every deliberate defect must fail the check made for it. */
import { brokerChecks, runBrokerCheck } from './broker-suite.js';
import { wrongBrokers } from './wrong-brokers.js';

describe('the suite against wrong brokers', () => {
  it.each(wrongBrokers)('notices: $defect', async ({ factory, caughtBy }) => {
    const check = brokerChecks.find(({ name }) => name === caughtBy);
    if (check === undefined) throw new Error(`there is no check "${caughtBy}"`);
    const outcome = await runBrokerCheck(check, factory).then(
      () => 'passed',
      () => 'failed',
    );
    expect(outcome).toBe('failed');
  });

  it('has a defect for every check', () => {
    const tried = new Set(wrongBrokers.map(({ caughtBy }) => caughtBy));
    expect(brokerChecks.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});
