/** What a server that others use too is full of: their events, links that point at events, checkpoints of the system's projections. */
import { randomUUID } from 'node:crypto';
import type { EventLog } from './event-log.js';
import type { Proposed } from './log-file.js';

/** One append, and as many events to a stream. */
const TOGETHER = 500;
const DATA_BYTES = 100;
const NOTHING = new Uint8Array(0);

interface Kind {
  readonly stream: string;
  readonly event: (index: number) => Omit<Proposed, 'id' | 'metadata'>;
}

/** Of ten thousand events most are somebody's, some are links, few are checkpoints. */
const KINDS: readonly Kind[] = [
  ...Array.from({ length: 7 }, (_, index) => ({
    stream: `metrics-of-somebody-${String(index)}`,
    event: () => ({
      type: 'Measured',
      contentType: 'application/json',
      data: Buffer.from(JSON.stringify({ value: 'x'.repeat(DATA_BYTES) })),
    }),
  })),
  {
    stream: '$ce-referral',
    event: (index) => ({
      type: '$>',
      contentType: 'application/octet-stream',
      data: Buffer.from(`${String(index)}@referral-${randomUUID()}`),
    }),
  },
  {
    stream: '$projections-$by_category-checkpoint',
    event: (index) => ({
      type: '$ProjectionCheckpoint',
      contentType: 'application/json',
      data: Buffer.from(JSON.stringify({ $v: '1:-1:4:1', $c: index, $p: index })),
    }),
  },
];

/** Without the protocol: 200 000 of them take a second or two. */
export const writeOthers = async (log: EventLog, count: number): Promise<void> => {
  for (let left = count, turn = 0; left > 0; turn += 1) {
    const kind = KINDS[turn % KINDS.length];
    if (kind === undefined) return;
    const events = Array.from({ length: Math.min(TOGETHER, left) }, (_, index) => ({
      id: randomUUID(),
      metadata: NOTHING,
      ...kind.event(index),
    }));
    left -= events.length;
    await log.append(kind.stream, { kind: 'any' }, events);
  }
};
