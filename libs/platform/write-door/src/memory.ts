/**
 * What streams came to, remembered in this process: folded states by stream and folding, with where each stands. It is true only
 * as far as the log still has the event that it ends with, and the keys are as they were; whoever uses it looks (loading.ts).
 * What is used longest ago goes first, and what nobody used for a while goes by itself.
 */
import { serialize } from 'node:v8';
import type { StreamName } from '@fascia/kernel';
import { LRUCache } from 'lru-cache';
import type { Folding, Known } from './folding.js';
import type { Snapshots } from './snapshots.js';

export interface MemoryLimits {
  /** Of all that is remembered, estimated. */
  readonly bytes: number;
  /** A snapshot is taken once a stream grew by so many events, and by {@link SHARE} of what it was. */
  readonly snapshotEvents: number;
}

export const MEMORY_LIMITS: MemoryLimits = { bytes: 64 * 1024 * 1024, snapshotEvents: 500 };

/** So that what is written down stays in proportion to what is stored. */
const SHARE = 1 / 50;
const UNUSED_MS = 10 * 60_000;
/** What an entry costs beside its state. */
const ENTRY_BYTES = 1_024;
/** Of a value in memory, against its serialized form. */
const LOOSER = 2;
/** A state is weighed again when so much of its weight was read since. */
const WEIGHED_AGAIN = 1 / 8;

interface Entry {
  readonly known: Known<unknown>;
  readonly weight: number;
  /** {@link Known.read} when it was weighed. */
  readonly weighedAt: number;
}

const size = ({ known, weight, weighedAt }: Entry): number => weight + known.read - weighedAt;

const weigh = <S>(folding: Folding<S>, { state }: Known<S>): number =>
  ENTRY_BYTES + LOOSER * serialize(folding.pack?.(state) ?? state).length;

export class Memory {
  readonly #limits: MemoryLimits;
  readonly #entries: LRUCache<string, Entry>;
  readonly #ids = new WeakMap<object, number>();
  readonly #coming = new Map<string, Promise<unknown>>();
  readonly #writing = new Map<string, Promise<void>>();
  #foldings = 0;

  /** @param snapshots absent: nothing is written down */
  constructor(
    limits: MemoryLimits = MEMORY_LIMITS,
    readonly snapshots?: Snapshots,
  ) {
    this.#limits = limits;
    this.#entries = new LRUCache({
      maxSize: limits.bytes,
      sizeCalculation: size,
      ttl: UNUSED_MS,
      ttlAutopurge: true,
    });
  }

  /** Estimated; never more than the limit. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  recall<S>(folding: Folding<S>, stream: StreamName): Known<S> | undefined {
    // Under a folding's name stands what that folding made.
    return this.#entries.get(this.#nameOf(folding, stream))?.known as Known<S> | undefined;
  }

  /** What another call has made of the stream since stays, when it knows more of it. */
  keep<S>(folding: Folding<S>, stream: StreamName, known: Known<S>): void {
    const name = this.#nameOf(folding, stream);
    const before = this.#entries.get(name);
    if (before !== undefined && before.known.end > known.end) return;
    const light =
      before !== undefined &&
      before.weighedAt <= known.read &&
      known.read - before.weighedAt < before.weight * WEIGHED_AGAIN;
    const { weight, weighedAt } = light ? before : { weight: weigh(folding, known), weighedAt: known.read };
    // Also where it fails: the next one is due when as much has come again.
    const taken = this.#writesDown(folding, stream, known) ? known.end : known.taken;
    this.#entries.set(name, { known: { ...known, taken }, weight, weighedAt });
  }

  forget<S>(folding: Folding<S>, stream: StreamName): void {
    this.#entries.delete(this.#nameOf(folding, stream));
  }

  /** What somebody reads from its beginning just now: also that it cannot be read, so that nobody waits for that twice. */
  coming<S>(folding: Folding<S>, stream: StreamName): Promise<Known<S>> | undefined {
    // As in recall.
    return this.#coming.get(this.#nameOf(folding, stream)) as Promise<Known<S>> | undefined;
  }

  /** Whoever wants the same meanwhile waits for it. */
  async comes<S>(folding: Folding<S>, stream: StreamName, reading: Promise<Known<S>>): Promise<Known<S>> {
    const name = this.#nameOf(folding, stream);
    this.#coming.set(name, reading);
    try {
      return await reading;
    } finally {
      this.#coming.delete(name);
    }
  }

  /** Resolves when all that is being written down is. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.values());
  }

  #writesDown<S>(folding: Folding<S>, stream: StreamName, known: Known<S>): boolean {
    const name = this.#nameOf(folding, stream);
    const { end, taken } = known;
    const grownEnough = end - taken >= Math.max(this.#limits.snapshotEvents, end * SHARE);
    if (this.snapshots === undefined || !grownEnough || this.#writing.has(name)) return false;
    const writing = this.snapshots.put(stream, folding, known).finally(() => this.#writing.delete(name));
    this.#writing.set(name, writing);
    return true;
  }

  #nameOf<S>(folding: Folding<S>, stream: StreamName): string {
    const known = this.#ids.get(folding);
    if (known === undefined) this.#ids.set(folding, (this.#foldings += 1));
    return `${String(known ?? this.#foldings)} ${stream}`;
  }
}
