import { OutcomeUnknown, StoreUnavailable } from '@fascia/kernel';
import type { Aggregate, CommandRequest, Outcome, WriteDoor } from './aggregate.js';
import { Contended, LookupsBehind, LookupsIncomplete } from './aggregate.js';
import { StreamUnreadable, UpgradeNeeded } from './opened.js';
import { isPassing, patiently } from './passing.js';

const passing = [
  new StoreUnavailable('away'),
  new OutcomeUnknown('cut'),
  new LookupsBehind('behind'),
  new Contended('lost'),
];
const lasting = [new LookupsIncomplete(['flag']), new StreamUnreadable('one'), new UpgradeNeeded('one')];

const DONE: Outcome = { kind: 'notFound' };

/** A door that throws one thing after the other, and then answers. */
const meeting = (...errors: readonly Error[]): WriteDoor & { readonly asked: () => number } => {
  let asked = 0;
  return {
    policy: undefined as never,
    asked: () => asked,
    handle: () => {
      const error = errors[asked];
      asked += 1;
      return error === undefined ? Promise.resolve(DONE) : Promise.reject(error);
    },
  };
};

const command = (door: WriteDoor): Promise<Outcome> =>
  door.handle({} as Aggregate<never, never, never, never>, {} as CommandRequest<never>);

describe('what a command may meet', () => {
  it.each(passing)('passes by itself: $name', (error) => {
    expect(isPassing(error)).toBe(true);
  });

  it.each(lasting)('lasts until somebody has mended something: $name', (error) => {
    expect(isPassing(error)).toBe(false);
  });
});

describe('a patient door', () => {
  it('asks again while what it meets passes', async () => {
    const door = meeting(...passing);
    expect(await command(patiently(door, 60_000))).toBe(DONE);
    expect(door.asked()).toBe(passing.length + 1);
  });

  it.each(lasting)('says at once what lasts: $name', async (error) => {
    const door = meeting(error);
    await expect(command(patiently(door, 60_000))).rejects.toBe(error);
    expect(door.asked()).toBe(1);
  });

  it('says what it met last once its time is over', async () => {
    const door = meeting(...passing);
    await expect(command(patiently(door, 0))).rejects.toBe(passing[0]);
  });
});
