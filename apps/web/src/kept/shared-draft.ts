/**
 * A draft that several people write: each saving names the version that it goes on from. Where somebody else has saved meanwhile, what
 * they wrote is read, what was typed here is put into it, and the whole is shown and saved: nobody overwrites what they have not seen.
 */
import { Problem } from '../api/problem.js';
import { pause, type KeptByService } from './keeping.js';
import { merged, same } from './merging.js';

export interface Draft<Content> {
  readonly version: number;
  readonly content: Content;
}

/** At which it is written. */
export interface Screen<Content> {
  /** What it says, as far as that can be saved. */
  now(): Content;
  show(content: Content): void;
}

interface SharedDraftParts<Content> {
  readonly read: () => Promise<Draft<Content>>;
  /** @throws Problem `VERSION_STALE` where another version is there */
  readonly write: (content: Content, version: number) => Promise<{ readonly version: number }>;
  readonly screen: Screen<Content>;
  readonly behindMs?: number;
}

/** Who reads again at once may be answered from before: what is written comes to the lists a moment later. */
const BEHIND_MS = 200;
const MOST_READS = 25;

const versionIn = (error: unknown): number | undefined =>
  error instanceof Problem && error.code === 'VERSION_STALE'
    ? Number(error.document.about?.['actual'] ?? 0)
    : undefined;

export class SharedDraft<Content extends object> implements KeptByService {
  readonly #read: SharedDraftParts<Content>['read'];
  readonly #write: SharedDraftParts<Content>['write'];
  readonly #screen: Screen<Content>;
  readonly #behindMs: number;
  /** What the service had when it was heard last. */
  #known: Draft<Content>;
  /** How often somebody else's words came in. */
  met = 0;

  constructor(
    opened: Draft<Content>,
    { read, write, screen, behindMs = BEHIND_MS }: SharedDraftParts<Content>,
  ) {
    this.#known = opened;
    this.#read = read;
    this.#write = write;
    this.#screen = screen;
    this.#behindMs = behindMs;
  }

  get version(): number {
    return this.#known.version;
  }

  async find(_form: string, base: string | null = null): ReturnType<KeptByService['find']> {
    const least = Number(base ?? 0);
    const later = least > this.#known.version ? await this.#atLeast(least) : undefined;
    if (later !== undefined) this.meet(later);
    const { version, content } = this.#known;
    return { typed: content, savedAt: String(version) };
  }

  async keep(_form: string, content: unknown): ReturnType<KeptByService['keep']> {
    let ours = content as Content;
    while (!same(ours, this.#known.content)) {
      try {
        const { version } = await this.#write(ours, this.#known.version);
        this.#known = { version, content: ours };
      } catch (error) {
        ours = this.meet(await this.#thatCameBetween(error));
      }
    }
    return { savedAt: String(this.#known.version) };
  }

  drop(): Promise<void> {
    return Promise.resolve();
  }

  isBehind({ version }: Draft<Content>): boolean {
    return version > this.#known.version;
  }

  /** Shows what somebody else wrote beside what is typed here. @returns the whole */
  meet(theirs: Draft<Content>): Content {
    const now = this.#screen.now();
    const whole = merged(this.#known.content, now, theirs.content);
    this.#known = theirs;
    // One's own words come back where they were stored and the answer was lost.
    if (!same(whole, now)) this.met += 1;
    this.#screen.show(whole);
    return whole;
  }

  /** What was left here, beside what was typed while it was looked for. */
  restore(left: Content): void {
    this.#screen.show(merged(this.#known.content, this.#screen.now(), left));
  }

  /** @throws what else was in the way */
  async #thatCameBetween(error: unknown): Promise<Draft<Content>> {
    const actual = versionIn(error);
    const theirs = actual === undefined ? undefined : await this.#atLeast(actual);
    if (theirs === undefined) throw error;
    return theirs;
  }

  /** @returns nothing where it does not come to the lists */
  async #atLeast(version: number): Promise<Draft<Content> | undefined> {
    for (let reads = 0; reads < MOST_READS; reads += 1) {
      const draft = await this.#read();
      if (draft.version >= version) return draft;
      await pause(this.#behindMs);
    }
    return undefined;
  }
}
