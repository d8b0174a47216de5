/** The behaviour suite of the broker port: the same checks on every adapter. */
import type { BrokerCheck, BrokerFactory } from './broker-check.js';
import { groupChecks } from './group.checks.js';
import { recordChecks } from './record.checks.js';

export const brokerChecks: readonly BrokerCheck[] = [...recordChecks, ...groupChecks];

// Jest's globals, declared here because this library is also loaded where there is no Jest.
declare const describe: (name: string, body: () => void) => void;
declare const it: (name: string, body: () => Promise<void>, timeoutMs?: number) => void;

const TIMEOUT_MS = 150_000;

/** @returns when the check passed; rejects with its failure */
export const runBrokerCheck = async ({ run }: BrokerCheck, factory: BrokerFactory): Promise<void> => {
  const under = await factory();
  try {
    await run(under);
  } finally {
    await under.close();
  }
};

export const brokerSuite = (name: string, factory: BrokerFactory): void => {
  describe(`${name} as a broker`, () => {
    for (const check of brokerChecks) it(check.name, () => runBrokerCheck(check, factory), TIMEOUT_MS);
  });
};
