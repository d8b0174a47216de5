/** An older copy of the log is put back while everything runs, on each store, with and without a relay. */
import { PutBack } from './put-back.world.js';

const say = (what: string): void => {
  process.stdout.write(`put back: ${what}\n`);
};

const violationsOn = async (...on: Parameters<typeof PutBack.on>): Promise<readonly string[]> => {
  const world = await PutBack.on(...on);
  try {
    const violations = await world.violations();
    const { events, looks } = await world.size();
    say(JSON.stringify({ on, events, looks, toldAfterMs: world.toldAfterMs, violations: violations.length }));
    return violations;
  } finally {
    await world.end();
  }
};

describe('an older copy of the log, put back while everything runs', () => {
  it.each([
    { store: 'memory', isRelayed: false },
    { store: 'memory', isRelayed: true },
    { store: 'PostgreSQL', isRelayed: false },
    { store: 'PostgreSQL', isRelayed: true },
    { store: 'EventStoreDB', isRelayed: false },
  ] as const)('is told and followed on $store (relayed: $isRelayed)', async ({ store, isRelayed }) => {
    expect(await violationsOn(store, isRelayed)).toEqual([]);
  });
});

describe('the journey', () => {
  it('finds checkpoints without a digest', async () => {
    const found = await violationsOn('undigested', false, 4_000);
    say(`control caught: checkpoints without a digest: ${found[0] ?? 'nothing'}`);
    expect(found).not.toEqual([]);
  });
});
