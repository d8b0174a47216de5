/** A stream's events, opened, for whoever decides over them: with one fact left out, it would be decided wrongly. */
import type { Envelope, EventStore, StoredEvent, StreamName } from '@fascia/kernel';
import { SealBroken } from '@fascia/sealing';
import type { Codec } from './codec.js';
import { readWhole } from './read-whole.js';

export interface Log {
  readonly store: EventStore;
  readonly codec: Codec;
}

/** The stream holds what a newer release wrote. Its message names the stream. */
export class UpgradeNeeded extends Error {
  override readonly name = 'UpgradeNeeded';
}

/** An event of the stream cannot be opened with the keys that there are. Its message names the stream and the version. */
export class StreamUnreadable extends Error {
  override readonly name = 'StreamUnreadable';
}

/** @throws UpgradeNeeded, StreamUnreadable */
export const openOne = async (codec: Codec, stored: StoredEvent): Promise<Envelope> => {
  const at = `${stored.stream} at version ${String(stored.version)}`;
  let envelope: Envelope;
  try {
    envelope = await codec.decode(stored);
  } catch (cause) {
    if (cause instanceof SealBroken || cause instanceof SyntaxError)
      throw new StreamUnreadable(at, { cause });
    throw cause;
  }
  if (!codec.knows(envelope)) throw new UpgradeNeeded(at);
  return envelope;
};

/** @throws UpgradeNeeded, StreamUnreadable */
export const openWhole = async (
  { store, codec }: Log,
  stream: StreamName,
): Promise<{ readonly stored: readonly StoredEvent[]; readonly envelopes: readonly Envelope[] }> => {
  const stored = await readWhole(store, stream);
  return { stored, envelopes: await Promise.all(stored.map((event) => openOne(codec, event))) };
};
