/** Answers that go on: server-sent events (WHATWG HTML, 9.2). */
import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerTo, internal } from './problem-filter.js';
import type { Problem } from './problems.js';

export const EVENTS = 'text/event-stream';

export const EVENT_HEADERS = {
  'content-type': `${EVENTS}; charset=utf-8`,
  // A proxy that gathers answers would keep events back.
  'x-accel-buffering': 'no',
  // Nothing else is asked on it: when the stream ends, whoever stops has not to wait for the connection as well.
  connection: 'close',
};

/** @param id where to go on from; none where nobody can */
export const eventOf = (name: string, data: object, id = ''): string =>
  `event: ${name}\n${id === '' ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

/** That the connection is alive, to everybody on the way. */
export const BEAT = ':\n\n';
const BEAT_MS = 10_000;

const HELD_BYTES = 16 * 1024;

/** What of it a client does not take in time it is not told; how it ended, it is. */
class Parts extends Readable {
  #isFull = false;
  readonly #beating = setInterval(() => this.say(BEAT), BEAT_MS).unref();

  constructor() {
    super({ highWaterMark: HELD_BYTES });
  }

  say(text: string): void {
    if (!this.#isFull && !this.destroyed) this.#isFull = !this.push(text);
  }

  end(text: string): void {
    clearInterval(this.#beating);
    if (this.destroyed) return;
    this.push(text);
    this.push(null);
  }

  override _read(): void {
    this.#isFull = false;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearInterval(this.#beating);
    done(error);
  }
}

/** Whether the caller would rather be told how far it is than wait for all of it. */
export const wantsParts = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers.accept?.toLowerCase().includes(EVENTS) === true;

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** What nobody expected, for the log. */
  readonly unexpected: (error: unknown) => void;
}

/** What came of it, and where its last write ended, as `Fascia-Position` has it. */
interface Came {
  readonly answer: object;
  readonly position?: string | undefined;
}

/**
 * Something long, told while it is done: `progress` as often as the work says it, then `done` with what came of it, or `problem` with the
 * document that would have been the answer. Its status (202) says no more than that it is under way.
 */
export const inParts = (
  { request, reply, unexpected }: Asked,
  work: (progress: (far: object) => void) => Promise<Came>,
): StreamableFile => {
  const parts = new Parts();
  const problemOf = (error: unknown): Problem => {
    const known = answerTo(error);
    if (known === undefined) unexpected(error);
    return { ...(known ?? internal()).document, instance: `urn:uuid:${request.id}` };
  };
  void work((far) => parts.say(eventOf('progress', far))).then(
    ({ answer, position }) => parts.end(eventOf('done', answer, position)),
    (error: unknown) => parts.end(eventOf('problem', problemOf(error))),
  );
  reply.status(202).headers(EVENT_HEADERS);
  return new StreamableFile(parts);
};
