import { eventStoreSuite, newRequest } from '@fascia/testkit';
import { MemoryEventStore } from './memory-event-store.js';

/** A clock that somebody sets back. */
const steppingClock = () => {
  let turn = 0;
  return { now: () => new Date(Date.UTC(2026, 3, 1, 9) + ((turn += 1) % 5) * 1_000) };
};

eventStoreSuite('memory', async () => ({
  store: new MemoryEventStore({ clock: steppingClock() }),
  crash: async () => undefined,
  close: async () => undefined,
}));

describe('the memory event store', () => {
  it('keeps what was appended when the caller reuses its bytes', async () => {
    const store = new MemoryEventStore({ clock: steppingClock() });
    const request = newRequest();
    await store.append(request);
    const [before] = await store.readStream(request.stream, 1, 1);
    const digits = before?.data.slice();
    request.events[0]?.data.fill(0);
    expect((await store.readStream(request.stream, 1, 1))[0]?.data).toEqual(digits);
  });

  it.each([0, -1, 1.5, 10_001])('refuses a page of %s events', async (limit) => {
    const store = new MemoryEventStore({ clock: steppingClock() });
    await expect(store.readAll(0n, limit)).rejects.toThrow(RangeError);
    await expect(store.readStream('referral-x', 1, limit)).rejects.toThrow(RangeError);
  });

  it.each([
    ['no events', { events: [] }],
    ['a version below zero', { expectedVersion: -1 }],
    ['a version that is no number of events', { expectedVersion: 2 ** 40 }],
    ['a command id that is no UUID', { commandId: 'x' }],
    ['a digest with NUL', { requestDigest: 'a\u0000' }],
  ])('takes %s for a bug', async (_, more) => {
    const store = new MemoryEventStore({ clock: steppingClock() });
    await expect(store.append(newRequest(more))).rejects.toThrow(TypeError);
  });
});
