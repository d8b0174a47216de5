/** How a state comes of a stream, event by event, and what is known of a stream once it was read. */
import type { Envelope, Position, StoredEvent } from '@fascia/kernel';
import type { Standing } from './seals.js';

export interface Folding<S> {
  /** What snapshots call it: of one stream, no two foldings have one name. */
  readonly name: string;
  /** The text of its code, as far as it is its own. */
  readonly code: string;
  readonly initial: S;
  /** Never fails and never judges; who holds a state sees it as it was. */
  evolve(state: S, event: Envelope, stored: StoredEvent): S;
  /** To plain values (structured clone) and back, where a state is none. */
  readonly pack?: (state: S) => unknown;
  readonly unpack?: (packed: never) => S;
}

export interface Known<S> {
  readonly state: S;
  /** Version of the stream's last event; 0 when it has none. */
  readonly end: number;
  /** That event: read again, it must be the same, or this is known of another log. */
  readonly last?: { readonly digest: string; readonly position: Position; readonly recordedAt: string };
  /** Whom its events are about, when they are about a patient. */
  readonly patientId?: string;
  /** The keys that its texts were opened with, and whether they were there: once that is otherwise, so is the state. */
  readonly seals: ReadonlyMap<string, Standing>;
  /** Bytes of data that were read so far. */
  readonly read: number;
  /** Up to where a snapshot of it was taken, as far as is known here. */
  readonly taken: number;
}

export const nothingKnown = <S>({ initial }: Folding<S>): Known<S> => ({
  state: initial,
  end: 0,
  seals: new Map(),
  read: 0,
  taken: 0,
});
