/**
 * Files that are being imported, one after the other, wherever somebody goes in the product meanwhile. Whoever closes the tab ends it
 * between two things: what was taken stays, and the same file again adds nothing.
 */
import { headersOf, inOrder, type ImportState } from '@fascia/fhir/rules';
import type { ImportReport } from '@fascia/fhir/contract';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { Problem, Unreachable, type ProblemDocument } from '../api/problem.js';
import type { Service } from '../api/service.js';

/** As `GET /api/v1/imports/:id` answers. */
export type Report = ImportReport & { readonly id: string; readonly state: ImportState };

export type Standing =
  | { readonly at: 'waiting' | 'reading' | 'stopped' }
  | { readonly at: 'taking'; readonly done: number; readonly total: number }
  | { readonly at: 'done'; readonly report: Report }
  | { readonly at: 'failed'; readonly error: Error };

/** Whose it is, and of which system. */
export interface Of {
  readonly organizationId: string;
  readonly source: string;
}

export interface Line {
  readonly key: string;
  readonly file: File;
  readonly of: Of;
  readonly standing: Standing;
}

interface Event {
  readonly event?: string;
  /** Where its last write ended. */
  readonly id?: string;
  readonly data: string;
}

type Far =
  { readonly step: 'reading' } | { readonly step: 'taking'; readonly done: number; readonly total: number };

const standingOf = (far: Far): Standing =>
  far.step === 'taking' ? { at: 'taking', done: far.done, total: far.total } : { at: 'reading' };

interface Ended {
  readonly report: Report;
  readonly position: string | undefined;
}

/** @throws Problem as the service says it, and where the connection ends before its end */
const heard = async (response: Response, progress: (standing: Standing) => void): Promise<Ended> => {
  const events = response.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  try {
    for await (const { event, id, data } of (events ?? []) as unknown as AsyncIterable<Event>) {
      if (event === 'done') return { report: JSON.parse(data) as Report, position: id };
      if (event === 'problem') throw new Problem(JSON.parse(data) as ProblemDocument);
      if (event === 'progress') progress(standingOf(JSON.parse(data) as Far));
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Unreachable('half an answer', { cause: error });
  }
  throw new Unreachable('half an answer');
};

type Asked = Pick<Service, 'listen' | 'wrote'>;

interface Host {
  /** After each file. */
  taken(): void;
  /** Whether files are under way: whoever closes the tab then ends it. */
  busy(is: boolean): void;
}

export class Importing {
  readonly #service: Asked;
  readonly #host: Host;
  readonly #listeners = new Set<() => void>();
  #lines: readonly Line[] = [];
  /** While one is under way. */
  #stop: AbortController | undefined;

  constructor(service: Asked, host: Host) {
    this.#service = service;
    this.#host = host;
  }

  readonly lines = (): readonly Line[] => this.#lines;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(files: readonly File[], of: Of): void {
    const more = inOrder(files, ({ name }) => name).map((file): Line => ({
      key: crypto.randomUUID(),
      file,
      of,
      standing: { at: 'waiting' },
    }));
    this.#show([...this.#lines, ...more]);
    void this.#run();
  }

  again(key: string): void {
    this.#stands(key, { at: 'waiting' });
    void this.#run();
  }

  /** The one that is under way, and those that wait. */
  stop(): void {
    this.#show(
      this.#lines.map((line) =>
        line.standing.at === 'waiting' ? { ...line, standing: { at: 'stopped' } as const } : line,
      ),
    );
    this.#stop?.abort();
  }

  async #run(): Promise<void> {
    if (this.#stop !== undefined) return;
    this.#host.busy(true);
    for (;;) {
      const next = this.#lines.find(({ standing }) => standing.at === 'waiting');
      if (next === undefined) break;
      this.#stop = new AbortController();
      await this.#take(next, this.#stop.signal);
      this.#host.taken();
    }
    this.#stop = undefined;
    this.#host.busy(false);
  }

  async #take({ key, file, of }: Line, signal: AbortSignal): Promise<void> {
    this.#stands(key, { at: 'reading' });
    try {
      const query = new URLSearchParams({ ...of }).toString();
      const answer = await this.#service.listen(`imports?${query}`, headersOf(file.name), signal, file);
      const { report, position } = await heard(answer, (standing) => this.#stands(key, standing));
      if (position !== undefined) this.#service.wrote(position);
      this.#stands(key, { at: 'done', report });
    } catch (error) {
      if (signal.aborted) return this.#stands(key, { at: 'stopped' });
      this.#stands(key, { at: 'failed', error: error instanceof Error ? error : new Error('not an error') });
    }
  }

  #stands(key: string, standing: Standing): void {
    this.#show(this.#lines.map((line) => (line.key === key ? { ...line, standing } : line)));
  }

  #show(lines: readonly Line[]): void {
    this.#lines = lines;
    for (const listener of this.#listeners) listener();
  }
}
