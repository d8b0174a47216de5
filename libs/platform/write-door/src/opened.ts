/** A stored event, opened, for whoever decides over it. */
import type { Envelope, StoredEvent } from '@fascia/kernel';
import { SealBroken } from '@fascia/sealing';
import type { Codec } from './codec.js';

/** The stream holds what a newer release wrote. Its message names the stream. */
export class UpgradeNeeded extends Error {
  override readonly name = 'UpgradeNeeded';
}

/** An event of the stream cannot be opened with the keys that there are. Its message names the stream and the version. */
export class StreamUnreadable extends Error {
  override readonly name = 'StreamUnreadable';
}

/** @throws UpgradeNeeded, StreamUnreadable */
export const openOne = async (
  codec: Pick<Codec, 'decode' | 'knows'>,
  stored: StoredEvent,
): Promise<Envelope> => {
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
