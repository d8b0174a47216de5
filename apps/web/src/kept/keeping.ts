/**
 * One form while it is filled in: each change is copied in the browser at once and kept by the service a moment later, one saving
 * after the other, the last word of it. What the service has is no longer copied.
 */
import { maySucceedLater } from '../api/problem.js';
import type { Copied, Copies } from './browser-copy.js';
import { same } from './merging.js';

export type Saving = 'saved' | 'saving' | 'unsaved';

interface Found {
  readonly typed: unknown;
  readonly savedAt: string | null;
}

/** What the service does with a form. */
export interface KeptByService {
  /** @param base what this browser's copy goes on from: an answer from before that is none */
  find(form: string, base?: string | null): Promise<Found>;
  keep(form: string, content: unknown): Promise<{ readonly savedAt: string }>;
  drop(form: string): Promise<void>;
}

interface Times {
  /** Typing comes in bursts. It is counted from the first letter: who types without a pause is kept all the same. */
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

/** Whether nobody has gone on elsewhere since. */
const goesOn = ({ base, sent = [] }: Copied, { typed, savedAt }: Found): boolean =>
  savedAt === base || sent.some((one) => same(one, typed));

export const pause = (ms: number): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  setTimeout(resolve, ms);
  return promise;
};

export class Keeping {
  readonly #form: string;
  readonly #service: KeptByService;
  readonly #copies: Copies;
  readonly #times: Times;
  readonly #tell: NonNullable<KeepingParts['tell']>;
  #base: string | null = null;
  /** What the service does not have yet. */
  #waiting: { readonly content: unknown } | undefined;
  /** What it did not answer yet: of many, the first, during which it may have died, and the last. */
  #sent: readonly unknown[] = [];
  #copying: Promise<unknown> = Promise.resolve();
  #saving: Promise<void> | undefined;
  /** Runs out a moment after the first letter that waits. */
  #burst: ReturnType<typeof setTimeout> | undefined;
  /** Runs out a while after the service did not answer. */
  #again: ReturnType<typeof setTimeout> | undefined;
  #failed = 0;
  /** How many times it is being forgotten, */
  #forgetting = 0;
  /** and what was typed since: of what begins anew nothing is kept before the old is gone. */
  #anew: { readonly content: unknown } | undefined;
  #left = false;

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
    this.#left = false;
    const copied = await this.#copies.find(this.#form).catch(() => undefined);
    const kept = await this.#keptByService(copied);
    this.#base = kept === undefined ? (copied?.base ?? null) : kept.savedAt;
    if (copied === undefined || (kept !== undefined && !goesOn(copied, kept)))
      return kept?.typed ?? undefined;
    // Somebody may have begun to type while it was looked for: then that is what waits.
    this.#waiting ??= { content: copied.content };
    this.#soon();
    return copied.content;
  }

  /** Where this browser has nothing either, it is asked until it answers: what nobody could look for is not "nothing". */
  async #keptByService(copied: Copied | undefined): Promise<Found | undefined> {
    const whenever = copied === undefined;
    for (let wait = this.#times.againMs; ; wait = Math.min(wait * 2, this.#times.longestMs)) {
      try {
        return await this.#service.find(this.#form, copied?.base);
      } catch (error) {
        if (!whenever || this.#left || !(error instanceof Error) || !maySucceedLater(error)) return undefined;
      }
      await pause(wait);
    }
  }

  keep(content: unknown): void {
    if (this.#forgetting > 0) {
      this.#anew = { content };
      return;
    }
    this.#waiting = { content };
    this.#tell('unsaved');
    this.#copy(content);
    this.#soon();
  }

  /** What waits, where somebody else's words were put into it meanwhile. */
  restate(content: unknown): void {
    if (this.#waiting === undefined) return;
    this.#waiting = { content };
    this.#copy(content);
  }

  /** Somebody else has gone on. @returns whether theirs may be shown: nothing waits here */
  goesOnFrom(savedAt: string): boolean {
    if (this.#waiting !== undefined || this.#saving !== undefined) return false;
    this.#base = savedAt;
    return true;
  }

  /** Sent, or not wanted any more. */
  async forget(): Promise<void> {
    this.#forgetting += 1;
    this.#waiting = undefined;
    this.#anew = undefined;
    await this.#saving;
    // A saving that failed meanwhile left it waiting again.
    this.#waiting = undefined;
    this.#stopClocks();
    this.#copying = this.#copying.then(() => this.#copies.drop(this.#form)).catch(() => undefined);
    await Promise.all([this.#copying, this.#service.drop(this.#form).catch(() => undefined)]);
    this.#base = null;
    this.#sent = [];
    this.#forgetting -= 1;
    if (this.#forgetting > 0 || this.#anew === undefined) return;
    const { content } = this.#anew;
    this.#anew = undefined;
    this.keep(content);
  }

  /** @returns whether the service has all of it */
  async flush(): Promise<boolean> {
    await this.#save();
    return this.#waiting === undefined;
  }

  /** Whoever leaves the form has not taken back what they wrote. */
  async leave(): Promise<void> {
    this.#left = true;
    await this.flush();
    this.#stopClocks();
  }

  #soon(): void {
    this.#burst ??= setTimeout(() => void this.#save(), this.#times.burstMs);
  }

  #stopClocks(): void {
    clearTimeout(this.#burst);
    clearTimeout(this.#again);
    this.#burst = undefined;
  }

  /** One after the other, so that the last is what stays. */
  #copy(content: unknown): void {
    const copied = { content, base: this.#base, sent: this.#sent };
    this.#copying = this.#copying.then(() => this.#copies.put(this.#form, copied)).catch(() => undefined);
  }

  #save(): Promise<void> {
    this.#stopClocks();
    this.#saving ??= this.#run().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  async #run(): Promise<void> {
    for (let next = this.#taken(); next !== undefined; next = this.#taken()) {
      this.#tell('saving');
      this.#sent = [...this.#sent.slice(0, 1), next.content];
      try {
        const { savedAt } = await this.#service.keep(this.#form, next.content);
        this.#base = savedAt;
        this.#sent = [];
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
    const wait = Math.min(this.#times.longestMs, this.#times.againMs * 2 ** this.#failed);
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#save(), wait);
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
