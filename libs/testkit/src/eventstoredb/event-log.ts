/**
 * What is stored, and how an append is judged: expected revisions, and sameness by event ids as the real server does it
 * (the same ids at the expected revision are answered as a success, whatever the bytes).
 */
import { join } from 'node:path';
import { frameOf, LogFile, type Proposed, type Recorded } from './log-file.js';

export type Expected =
  | { readonly kind: 'any' | 'noStream' | 'streamExists' }
  | { readonly kind: 'revision'; readonly revision: number };

export type Verdict =
  | { readonly kind: 'stored'; readonly revision: number; readonly position: bigint }
  | { readonly kind: 'wrongVersion'; readonly current: number | undefined };

interface Waiting {
  readonly stream: string;
  readonly expected: Expected;
  readonly proposed: readonly Proposed[];
  readonly answer: (verdict: Verdict) => void;
}

/** A real server writes statistics of its own among the events. */
const SYSTEM_EVENT_EVERY = 40;
const STATISTICS = '$stats-127.0.0.1:2113';

export class EventLog {
  readonly #file: LogFile;
  readonly #clock: () => number;
  /** In the order of the log; those from `#visible` on are not yet on disk. */
  readonly #all: Recorded[] = [];
  readonly #streams = new Map<string, Recorded[]>();
  readonly #listeners = new Set<() => void>();
  #visible = 0;
  #waiting: Waiting[] = [];
  #writing = false;
  #sinceSystemEvent = SYSTEM_EVENT_EVERY;

  private constructor(file: LogFile, clock: () => number) {
    this.#file = file;
    this.#clock = clock;
  }

  /** @param clock milliseconds since 1970 */
  static async open(directory: string, clock: () => number): Promise<EventLog> {
    const { file, events } = await LogFile.open(join(directory, 'events.log'));
    const log = new EventLog(file, clock);
    for (const event of events) log.#index(event);
    log.#visible = log.#all.length;
    return log;
  }

  /** How many events can be seen. */
  get length(): number {
    return this.#visible;
  }

  at(index: number): Recorded | undefined {
    return index < this.#visible ? this.#all[index] : undefined;
  }

  stream(name: string): readonly Recorded[] {
    const last = this.#all[this.#visible - 1]?.position ?? -1n;
    return (this.#streams.get(name) ?? []).filter(({ position }) => position <= last);
  }

  /** Index of the first event that stands at the position or after it. */
  indexFrom(position: bigint): number {
    let [low, high] = [0, this.#visible];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#all[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Resolves when more can be seen than `length` events, or at once. */
  grown(length: number, signal: AbortSignal): Promise<void> {
    if (this.#visible > length || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        this.#listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#listeners.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  /** Answers when it is on disk. */
  append(stream: string, expected: Expected, proposed: readonly Proposed[]): Promise<Verdict> {
    return new Promise((answer) => {
      this.#waiting.push({ stream, expected, proposed, answer });
      if (!this.#writing) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const frames: Buffer[] = [];
      const verdicts = batch.map((waiting) => this.#judge(waiting) ?? this.#store(waiting, frames));
      if (frames.length > 0) await this.#file.write(frames);
      this.#visible = this.#all.length;
      batch.forEach(({ answer }, index) => {
        const verdict = verdicts[index];
        if (verdict !== undefined) answer(verdict);
      });
      for (const wake of [...this.#listeners]) wake();
    }
    this.#writing = false;
  }

  /** @returns nothing when the events are to be stored. */
  #judge({ stream, expected, proposed }: Waiting): Verdict | undefined {
    const events = this.#streams.get(stream) ?? [];
    const current = events.at(-1)?.revision;
    if (expected.kind === 'streamExists' && current === undefined) return { kind: 'wrongVersion', current };
    if (expected.kind === 'any' || expected.kind === 'streamExists') {
      const first = events.findIndex(({ id }) => id === proposed[0]?.id);
      return first < 0 ? undefined : sameFrom(events, first, proposed);
    }
    const expectedCurrent = expected.kind === 'revision' ? expected.revision : -1;
    const actual = current ?? -1;
    if (expectedCurrent === actual) return undefined;
    return expectedCurrent > actual
      ? { kind: 'wrongVersion', current }
      : sameFrom(events, expectedCurrent + 1, proposed);
  }

  #store({ stream, proposed }: Waiting, frames: Buffer[]): Verdict {
    if (proposed.length === 0)
      return { kind: 'stored', revision: (this.#streams.get(stream)?.length ?? 0) - 1, position: 0n };
    this.#sinceSystemEvent += proposed.length;
    if (this.#sinceSystemEvent > SYSTEM_EVENT_EVERY) {
      this.#sinceSystemEvent = 0;
      const statistics = {
        id: crypto.randomUUID(),
        type: '$statsCollected',
        contentType: 'application/json',
        data: Buffer.from('{"proc-cpu":0}'),
        metadata: Buffer.alloc(0),
      };
      this.#frame(STATISTICS, [statistics], frames);
    }
    const last = this.#frame(stream, proposed, frames);
    return { kind: 'stored', revision: last.revision, position: last.position };
  }

  #frame(stream: string, proposed: readonly Proposed[], frames: Buffer[]): Recorded {
    const first = this.#streams.get(stream)?.length ?? 0;
    const createdMs = this.#clock();
    const offset = this.#file.end + frames.reduce((bytes, frame) => bytes + frame.byteLength, 0);
    const { frame, recorded } = frameOf(
      proposed.map((event, index) => ({ ...event, stream, revision: first + index, createdMs })),
      offset,
    );
    frames.push(frame);
    for (const event of recorded) this.#index(event);
    const last = recorded.at(-1);
    if (last === undefined) throw new Error('a frame holds at least one event');
    return last;
  }

  #index(event: Recorded): void {
    this.#all.push(event);
    const events = this.#streams.get(event.stream);
    if (events === undefined) this.#streams.set(event.stream, [event]);
    else events.push(event);
  }
}

/** The same ids are a repetition: answered with the first event's position, which is all that is known of it then. */
const sameFrom = (events: readonly Recorded[], from: number, proposed: readonly Proposed[]): Verdict => {
  const same = proposed.length > 0 && proposed.every(({ id }, index) => events[from + index]?.id === id);
  const [first, last] = [events[from], events[from + proposed.length - 1]];
  if (!same || first === undefined || last === undefined)
    return { kind: 'wrongVersion', current: events.at(-1)?.revision };
  return { kind: 'stored', revision: last.revision, position: first.position };
};
