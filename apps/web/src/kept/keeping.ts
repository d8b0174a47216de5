/**
 * One form while it is filled in: each change is copied in the browser at once and kept by the service a moment later, one saving
 * after the other, the last word of it. What the service has is no longer copied.
 */
import { maySucceedLater } from '../api/problem.js';
import type { Copies } from './browser-copy.js';

export type Saving = 'saved' | 'saving' | 'unsaved';

/** What the service does with a form. */
export interface KeptByService {
  find(form: string): Promise<{ readonly typed: unknown; readonly savedAt: string | null }>;
  keep(form: string, content: unknown): Promise<{ readonly savedAt: string }>;
  drop(form: string): Promise<void>;
}

interface Times {
  /** Typing comes in bursts. */
  readonly burstMs: number;
  /** After the service did not answer; twice as long each time, up to the longest. */
  readonly againMs: number;
  readonly longestMs: number;
}

const TIMES: Times = { burstMs: 700, againMs: 1_000, longestMs: 20_000 };

interface KeepingParts {
  readonly service: KeptByService;
  readonly copies: Copies;
  readonly times?: Times;
  /** How it stands, and what was in the way last. */
  readonly tell?: (saving: Saving, error?: Error) => void;
}

export class Keeping {
  readonly #form: string;
  readonly #service: KeptByService;
  readonly #copies: Copies;
  readonly #times: Times;
  readonly #tell: NonNullable<KeepingParts['tell']>;
  #base: string | null = null;
  /** What the service does not have yet. */
  #waiting: { readonly content: unknown } | undefined;
  #copying: Promise<unknown> = Promise.resolve();
  #saving: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failed = 0;
  #over = false;

  constructor(form: string, { service, copies, times = TIMES, tell = () => undefined }: KeepingParts) {
    this.#form = form;
    this.#service = service;
    this.#copies = copies;
    this.#times = times;
    this.#tell = tell;
  }

  /**
   * As it was left. What this browser could not hand over in time goes before what the service has, unless somebody has gone on
   * elsewhere since: of two clocks neither is asked.
   */
  async find(): Promise<unknown> {
    const [kept, copied] = await Promise.all([
      this.#service.find(this.#form).catch(() => undefined),
      this.#copies.find(this.#form).catch(() => undefined),
    ]);
    if (kept !== undefined) this.#base = kept.savedAt;
    const goesOn = copied !== undefined && (kept === undefined || kept.savedAt === copied.base);
    if (!goesOn) return kept?.typed ?? undefined;
    // Somebody may have begun to type while it was looked for: then that is what waits.
    this.#waiting ??= { content: copied.content };
    this.#soon(this.#times.burstMs);
    return copied.content;
  }

  keep(content: unknown): void {
    if (this.#over) return;
    this.#waiting = { content };
    this.#tell('unsaved');
    this.#copy(content);
    this.#soon(this.#times.burstMs);
  }

  /** Sent, or not wanted any more. */
  async forget(): Promise<void> {
    this.#over = true;
    this.#waiting = undefined;
    clearTimeout(this.#timer);
    await this.#saving;
    this.#copying = this.#copying.then(() => this.#copies.drop(this.#form)).catch(() => undefined);
    await Promise.all([this.#copying, this.#service.drop(this.#form).catch(() => undefined)]);
    this.#base = null;
    this.#over = false;
  }

  /** @returns whether the service has all of it */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#save();
    return this.#waiting === undefined;
  }

  /** Whoever leaves the form has not taken back what they wrote. */
  async leave(): Promise<void> {
    await this.flush();
    clearTimeout(this.#timer);
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), ms);
  }

  /** One after the other, so that the last is what stays. */
  #copy(content: unknown): void {
    const base = this.#base;
    this.#copying = this.#copying
      .then(() => this.#copies.put(this.#form, { content, base }))
      .catch(() => undefined);
  }

  #save(): Promise<void> {
    this.#saving ??= this.#run().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  async #run(): Promise<void> {
    for (let next = this.#taken(); next !== undefined; next = this.#taken()) {
      this.#tell('saving');
      try {
        const { savedAt } = await this.#service.keep(this.#form, next.content);
        this.#base = savedAt;
        this.#failed = 0;
      } catch (failed) {
        this.#waiting ??= next;
        this.#failedWith(failed instanceof Error ? failed : new Error('not an error'));
        return;
      }
      this.#copyWhatWaits();
      this.#tell('saved');
    }
  }

  /** What no waiting mends is told, and tried again with the next change. */
  #failedWith(error: Error): void {
    this.#tell('unsaved', error);
    if (!maySucceedLater(error)) return;
    this.#soon(Math.min(this.#times.longestMs, this.#times.againMs * 2 ** this.#failed));
    this.#failed += 1;
  }

  #taken(): { readonly content: unknown } | undefined {
    const next = this.#waiting;
    this.#waiting = undefined;
    return next;
  }

  /** What was typed meanwhile goes on from what the service has now; otherwise there is nothing to copy any more. */
  #copyWhatWaits(): void {
    if (this.#waiting !== undefined) this.#copy(this.#waiting.content);
    else this.#copying = this.#copying.then(() => this.#copies.drop(this.#form)).catch(() => undefined);
  }
}
