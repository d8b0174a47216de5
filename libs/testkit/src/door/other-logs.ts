/** The same log under another name, at other positions, or without its end: what a fail-over, a move and a backup leave. */
import type { EventStore, Position, StoredEvent } from '@fascia/kernel';
import { accepted } from '../event-store/check.js';
import { FlakyStore, memoryStore } from './stores.js';

interface Copied {
  /** Name of the copy; default: what the memory store is called. */
  readonly epoch?: string;
  /** Where it ends; default: where the log does. */
  readonly upTo?: Position;
}

/** Into an empty log, command by command. */
const copyInto = async (from: EventStore, to: EventStore, upTo: Position | undefined): Promise<void> => {
  const events = (await from.readAll(0n, 10_000)).filter(
    ({ position }) => upTo === undefined || position <= upTo,
  );
  const commands = Map.groupBy(events, ({ stream, commandId }) => `${stream} ${commandId}`);
  for (const command of commands.values()) {
    const [first] = command;
    if (first === undefined) continue;
    const { stream, version, commandId, requestDigest } = first;
    await accepted(to, { stream, expectedVersion: version - 1, commandId, requestDigest, events: command });
  }
};

/** In memory, byte for byte apart from the time of storing. */
export const copiedLog = async (from: EventStore, { epoch, upTo }: Copied = {}): Promise<EventStore> => {
  const copy = memoryStore(epoch);
  await copyInto(from, copy, upTo);
  return copy;
};

const STEP = 10n;

const spaced = (event: StoredEvent): StoredEvent => ({ ...event, position: event.position * STEP });

/** The same log at other, sparse positions: as if it had been moved to another kind of store. */
export class SpacedStore extends FlakyStore {
  override get contiguousPositions(): boolean {
    return false;
  }

  override async readStream(...args: Parameters<EventStore['readStream']>) {
    return (await super.readStream(...args)).map(spaced);
  }

  /** As EventStoreDB, it knows no place between two events. */
  override async readAll(after: Position, limit: number) {
    if (after % STEP !== 0n) throw new Error(`nothing stands at ${String(after)}`);
    return (await super.readAll(after / STEP, limit)).map(spaced);
  }

  override async readAt(position: Position) {
    const found = position % STEP === 0n ? await super.readAt(position / STEP) : undefined;
    return found && spaced(found);
  }

  override async *subscribe(after: Position, signal: AbortSignal) {
    for await (const batch of super.subscribe(after / STEP, signal)) yield batch.map(spaced);
  }

  override async head() {
    const { position, epoch } = await super.head();
    return { position: position * STEP, epoch };
  }
}
