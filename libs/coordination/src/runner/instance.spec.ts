/** What an instance's stream comes to: one batch an input, timers that are set, taken back and fired, each once. */
import { randomUUID } from 'node:crypto';
import { streamOf, uuidFrom, type Envelope, type EventStore, type StreamName } from '@fascia/kernel';
import { memoryStore, SetClock } from '@fascia/testkit';
import {
  makeCodec,
  Memory,
  MEMORY_LIMITS,
  readWhole,
  UpgradeNeeded,
  type Folding,
  type Known,
  type Snapshots,
} from '@fascia/write-door';
import { PROCESS_CONTRACT, type ProcessEventOf } from '../contract.js';
import { discardOldDrafts } from '../processes/discard-old-drafts.process.js';
import { COMMAND_BROKEN, fireTimer, handleInput, noteRefusal } from './handling.js';
import { instanceStream, loadInstance, type InstanceParts } from './instance.js';
import { happening, NOW, REFERRAL, type SampleType } from '../processes/samples.spec-data.js';
import type { AnyProcess, InstanceKey, Taken } from '../process.js';

const KEY: InstanceKey = { category: 'referral', id: REFERRAL };
const DUE = '2026-05-01T09:00:00.000Z';
const drafts = discardOldDrafts(30);
const stream = instanceStream(drafts.name, KEY);

/** Nothing in these streams is sealed. */
const noKey = (): never => {
  throw new Error('no key is asked for');
};

let store: EventStore;
let parts: InstanceParts;
beforeEach(() => {
  store = memoryStore(randomUUID());
  parts = {
    store,
    codec: makeCodec([PROCESS_CONTRACT], { keyFor: noKey, find: noKey }),
    clock: new SetClock(NOW),
    memory: new Memory(),
  };
});

const envelope = (taken: Taken): Envelope & Taken => ({
  ...taken,
  position: 1n,
  version: 1,
  recordedAt: NOW,
  actor: { sub: 'spec', role: 'physician' },
  correlationId: randomUUID(),
  causationId: randomUUID(),
  commandId: randomUUID(),
  requestDigest: 'f',
  schemaVersion: 1,
});

const takes = (type: SampleType, process: AnyProcess = drafts): Promise<void> =>
  handleInput(parts, process, KEY, envelope(happening(type)));

const types = async (): Promise<readonly string[]> =>
  (await readWhole(store, stream)).map(({ type }) => type);

const setBy = async (): Promise<string> => {
  const set = (await readWhole(store, stream)).findLast(({ type }) => type === 'TimerSet');
  return set?.id ?? '';
};

const fires = async (by?: string): Promise<void> =>
  fireTimer(parts, [drafts], { stream, timer: 'T-DRAFT', setBy: by ?? (await setBy()) });

describe('an instance', () => {
  it('begins with whose it is, and handles an input once', async () => {
    const event = envelope(happening('ReferralDrafted'));
    await handleInput(parts, drafts, KEY, event);
    await handleInput(parts, drafts, KEY, event);
    expect(await types()).toEqual(['ProcessStarted', 'InputHandled', 'TimerSet']);
    expect(await loadInstance(parts, stream)).toMatchObject({ process: drafts.name, key: KEY, version: 3 });
  });

  it('comes back from a snapshot as it was, and goes on', async () => {
    let kept: (Known<unknown> & { readonly packed: unknown }) | undefined;
    const snapshots: Snapshots = {
      put: (_stream, { pack }, known) => {
        const { state, ...rest } = known;
        kept = { ...rest, state: undefined, packed: structuredClone(pack?.(state)) };
        return Promise.resolve();
      },
      find: <S>(_stream: StreamName, { unpack }: Folding<S>) => {
        const state = kept === undefined ? undefined : unpack?.(kept.packed as never);
        return Promise.resolve(kept === undefined || state === undefined ? undefined : { ...kept, state });
      },
    };
    const begins = (): InstanceParts => ({ ...parts, memory: new Memory(MEMORY_LIMITS, snapshots) });
    const events = Array.from({ length: 510 }, () => envelope(happening('ReferralDrafted')));
    for (const event of events) await handleInput(parts, drafts, KEY, event);
    const before = await loadInstance(begins(), stream);
    const after = await loadInstance(begins(), stream);
    expect(kept).toBeDefined();
    expect({ ...after, handled: [...after.handled] }).toEqual({ ...before, handled: [...before.handled] });
    const { length } = await types();
    for (const event of events.slice(0, 3)) await handleInput(begins(), drafts, KEY, event);
    expect(await types()).toHaveLength(length);
    await handleInput(begins(), drafts, KEY, envelope(happening('ReferralDrafted')));
    expect((await types()).length).toBeGreaterThan(length);
  });

  it('is another one for another thing, and for another process', () => {
    const streams = [
      stream,
      instanceStream(drafts.name, { ...KEY, id: uuidFrom('spec', 'another') }),
      instanceStream(drafts.name, { ...KEY, category: 'plan' }),
      instanceStream('another', KEY),
    ];
    expect(new Set(streams).size).toBe(streams.length);
  });

  it('is handled once by two at a time', async () => {
    const event = envelope(happening('ReferralDrafted'));
    await Promise.all([handleInput(parts, drafts, KEY, event), handleInput(parts, drafts, KEY, event)]);
    expect(await types()).toEqual(['ProcessStarted', 'InputHandled', 'TimerSet']);
  });
});

describe('a refusal', () => {
  const asks: AnyProcess = {
    ...drafts,
    name: 'asks',
    react: () => ({ gives: [{ category: 'referral', id: REFERRAL, command: { type: 'DiscardDraft' } }] }),
    refused: ({ asked: { id }, code }, { memory }) => ({
      noted: { refusals: Number(memory['refusals'] ?? 0) + 1 },
      gives: [{ category: 'referral', id, command: { type: 'WithdrawReferral', reason: code } }],
    }),
  };
  const asking = instanceStream(asks.name, KEY);

  const requests = async (): Promise<readonly Envelope<ProcessEventOf<'CommandRequested'>>[]> => {
    const stored = (await readWhole(store, asking)).filter(({ type }) => type === 'CommandRequested');
    const opened = await Promise.all(stored.map((event) => parts.codec.decode(event)));
    return opened as Envelope<ProcessEventOf<'CommandRequested'>>[];
  };

  const refuses = async (code: string): Promise<void> => {
    const [first] = await requests();
    if (first === undefined) throw new Error('nothing was asked for');
    await noteRefusal(parts, [asks], first, code);
  };

  it('is noted once, and what the process makes of it is asked for in the same batch', async () => {
    await takes('ReferralDrafted', asks);
    await refuses('NOT_NOW');
    await refuses('NOT_NOW');
    const [, later, ...more] = await requests();
    expect(later?.data.command).toEqual({ type: 'WithdrawReferral', reason: 'NOT_NOW' });
    expect(more).toEqual([]);
    expect((await loadInstance(parts, asking)).memory).toEqual({ refusals: 1 });
  });

  it('of a command that fits no contract is no answer: it is noted, and nothing follows', async () => {
    await takes('ReferralDrafted', asks);
    await refuses(COMMAND_BROKEN);
    expect(await requests()).toHaveLength(1);
    expect((await loadInstance(parts, asking)).refused.size).toBe(1);
  });
});

describe('an instance that a newer release wrote to', () => {
  it('takes nothing, and so does nothing wrong', async () => {
    await takes('ReferralDrafted');
    const [known] = await readWhole(store, stream);
    if (known === undefined) throw new Error('nothing was stored');
    const commandId = randomUUID();
    await store.append({
      stream,
      expectedVersion: 3,
      commandId,
      requestDigest: commandId,
      events: [{ ...known, id: randomUUID(), type: 'TimerSnoozed' }],
    });
    await expect(takes('ReferralSent')).rejects.toBeInstanceOf(UpgradeNeeded);
    expect(await types()).toHaveLength(4);
  });
});

describe('a timer', () => {
  it('fires once, and its process asks for what follows in the same batch', async () => {
    await takes('ReferralDrafted');
    const by = await setBy();
    await fires(by);
    await fires(by);
    const stored = await readWhole(store, stream);
    expect(stored.map(({ type }) => type)).toEqual([
      'ProcessStarted',
      'InputHandled',
      'TimerSet',
      'TimerFired',
      'CommandRequested',
    ]);
    expect(new Set(stored.slice(3).map(({ commandId }) => commandId)).size).toBe(1);
  });

  it('fires once for two that find it due', async () => {
    await takes('ReferralDrafted');
    await Promise.all([fires(), fires()]);
    expect((await types()).filter((type) => type === 'TimerFired')).toHaveLength(1);
  });

  it('does not fire after it was taken back', async () => {
    await takes('ReferralDrafted');
    await takes('ReferralSent');
    await fires();
    expect(await types()).toEqual([
      'ProcessStarted',
      'InputHandled',
      'TimerSet',
      'InputHandled',
      'TimerCancelled',
    ]);
  });

  it('is not taken back when it is not set', async () => {
    await takes('ReferralSent');
    expect(await types()).toEqual(['ProcessStarted', 'InputHandled']);
  });

  it('fires at its new time only when it was set again, and stays as it is when it was set to the same', async () => {
    await takes('ReferralDrafted');
    const first = await setBy();
    await takes('ReferralDrafted');
    expect(await setBy()).toBe(first);
    await takes('ReferralDrafted', discardOldDrafts(31));
    expect(await setBy()).not.toBe(first);
    await fires(first);
    expect(await types()).not.toContain('TimerFired');
    await fires();
    expect((await loadInstance(parts, stream)).timers.size).toBe(0);
  });

  it('is due when it was said to be, whenever it fires', async () => {
    await takes('ReferralDrafted');
    await fires();
    const stored = await readWhole(store, stream);
    const fired = stored.find(({ type }) => type === 'TimerFired');
    expect(fired && (await parts.codec.decode(fired))).toMatchObject({
      data: { timer: 'T-DRAFT', dueAt: DUE },
      occurredAt: NOW,
    });
  });

  it('of a process that is there no more is nobody to fire', async () => {
    await takes('ReferralDrafted');
    await expect(fireTimer(parts, [], { stream, timer: 'T-DRAFT', setBy: await setBy() })).rejects.toThrow(
      /discard-old-drafts/,
    );
    expect(stream).toBe(streamOf('process', uuidFrom('process', 'discard-old-drafts', 'referral', REFERRAL)));
  });
});
