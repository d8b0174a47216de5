/** The catalogue of ICD-10-CM codes: pure questions over loaded data (load.ts loads it). */
import type { CalendarDate } from '@fascia/kernel';
import type { IcdCode } from './code.js';
import type { IcdData, IcdRelease, Sevenths } from './data.js';
import { excludes1, excludes1Notes } from './excludes1.js';
import type { Excludes1Note, Exclusion } from './excludes1.js';
import { IcdSearch } from './search.js';
import type { IcdHit } from './search.js';
import { Sides } from './side.js';
import type { IcdSide } from './side.js';
import { IcdTree } from './tree.js';
import type { Found, StatusName } from './tree.js';
import { billableOn } from './validity.js';
import type { Billability } from './validity.js';

export interface IcdEntry {
  readonly code: IcdCode;
  readonly text: string;
  /** In the newest release that knows the code, which is `release`. */
  readonly status: Exclude<StatusName, 'absent'>;
  readonly release: string;
  readonly side: IcdSide;
}

const NO_SEVENTHS: Sevenths = new Map();
const DEFAULT_LIMIT = 20;

/** Codes are taken in any spelling: with or without dot, in either case. */
export class IcdCatalogue {
  private readonly tree: IcdTree;
  private readonly sides: Sides;
  private readonly index: IcdSearch;

  constructor(data: IcdData) {
    this.tree = new IcdTree(data);
    this.sides = new Sides(this.tree);
    this.index = new IcdSearch(this.tree);
  }

  get releases(): readonly IcdRelease[] {
    return this.tree.releases;
  }

  /** @returns nothing for a code that no release knows. */
  lookup(code: string): IcdEntry | undefined {
    const found = this.tree.find(code);
    if (found === undefined) return undefined;
    const release = this.tree.latestOf(found);
    const status = this.tree.statusIn(found, release);
    if (status === 'absent') return undefined;
    const { id = '' } = this.releases[release] ?? {};
    return {
      code: found.code,
      text: textOf(found, release),
      status,
      release: id,
      side: this.sides.sideOf(found),
    };
  }

  /** @param date of service or of recording. */
  billableOn(code: string, date: CalendarDate): Billability {
    return billableOn(this.tree, code, date);
  }

  /** @returns the official text, as the release valid on the date (else the newest that knows the code) words it. */
  text(code: string, date?: CalendarDate): string | undefined {
    const found = this.tree.find(code);
    if (found === undefined) return undefined;
    const dated = this.releases.findLastIndex(({ from }) => date !== undefined && from <= date);
    const known = dated >= 0 && this.tree.statusIn(found, dated) !== 'absent';
    return textOf(found, known ? dated : this.tree.latestOf(found));
  }

  /** @returns `none` for an unknown code, too. */
  sideOf(code: string): IcdSide {
    const found = this.tree.find(code);
    return found === undefined ? 'none' : this.sides.sideOf(found);
  }

  /** Whether the code lacks a 7th character that it must have. */
  needsSeventhCharacter(code: string): boolean {
    return this.lookup(code)?.status === 'needsSeventh';
  }

  /** The 7th characters that the code, or the stem of the code, may have, with their meaning. */
  validSevenths(code: string): Sevenths {
    const found = this.tree.find(code);
    return found?.node.status.findLast((status) => typeof status !== 'string') ?? NO_SEVENTHS;
  }

  /** The note that keeps two codes apart, looked for in both directions. */
  excludes1(a: string, b: string): Exclusion | undefined {
    const [one, other] = [this.tree.find(a), this.tree.find(b)];
    return one === undefined || other === undefined ? undefined : excludes1(this.tree, one, other);
  }

  /** Every Excludes1 note that holds for the code, also those that only a person can apply. */
  excludes1Notes(code: string): readonly Excludes1Note[] {
    const found = this.tree.find(code);
    return found === undefined ? [] : excludes1Notes(this.tree, found);
  }

  /** Best first. Every word typed must begin a word of the text or of an inclusion term. */
  search(query: string, limit: number = DEFAULT_LIMIT): readonly IcdHit[] {
    return this.index.search(query, limit);
  }

  /** Codes for bills or for a 7th character in the newest release, in order; for checks and exports. */
  *currentCodes(): Iterable<IcdCode> {
    for (const { code, status } of this.tree.nodes) {
      const latest = status.at(-1);
      if (latest === 'billable' || typeof latest === 'object') yield this.tree.find(code)?.code ?? code;
    }
  }

  /** How many codes a release has for bills: published figures to check a loaded file against. */
  billableCount(release: string): number {
    const index = this.releases.findIndex(({ id }) => id === release);
    const counts = this.tree.nodes.map(({ status }) => status[index]);
    return counts.reduce(
      (sum, status) => sum + (status === 'billable' ? 1 : typeof status === 'object' ? status.size : 0),
      0,
    );
  }
}

const textOf = ({ node, seventh }: Found, release: number): string => {
  const text = node.olderTexts.get(release) ?? node.text;
  const status = node.status[release];
  const meaning = typeof status === 'object' ? status.get(seventh ?? '') : undefined;
  return meaning === undefined ? text : `${text}, ${meaning}`;
};
