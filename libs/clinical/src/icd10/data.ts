/**
 * The compact form of the official files, written by infra/icd10/build.mjs, one record a line:
 *   release  id  from  to             oldest first; `to` may be empty
 *   sevenths place  A=meaning …       a set of 7th characters
 *   block    first last note …        Excludes1 notes of chapters and sections
 *   M7521    b,b  text                a code: its status in each release, and its text
 *   <0 text, +term, !note             below a code: text of an older release, inclusion term, Excludes1 note
 * A status is `-` absent, `h` header, `b` billable, or the place of the set of 7th characters it needs.
 */
import type { CalendarDate } from '@fascia/kernel';

export interface IcdRelease {
  readonly id: string;
  readonly from: CalendarDate;
  /** Last day; open when missing. */
  readonly to?: CalendarDate;
}

/** From the 7th character to its meaning. */
export type Sevenths = ReadonlyMap<string, string>;

export type NodeStatus = 'absent' | 'header' | 'billable' | Sevenths;

export interface IcdNode {
  /** Without the dot. */
  readonly code: string;
  /** By release, in the order of the releases. */
  readonly status: readonly NodeStatus[];
  readonly text: string;
  /** By the index of a release that words it differently from the newest. */
  readonly olderTexts: ReadonlyMap<number, string>;
  readonly terms: readonly string[];
  readonly excludes1: readonly string[];
}

export interface IcdBlock {
  readonly first: string;
  readonly last: string;
  readonly excludes1: readonly string[];
}

export interface IcdData {
  readonly releases: readonly IcdRelease[];
  readonly blocks: readonly IcdBlock[];
  /** In the order of codes, so that a node is followed by what lies below it. */
  readonly nodes: readonly IcdNode[];
}

interface OpenNode extends IcdNode {
  olderTexts: Map<number, string>;
  terms: string[];
  excludes1: string[];
}

const NONE: never[] = [];
const NO_TEXTS = new Map<number, string>();

class Reader {
  readonly releases: IcdRelease[] = [];
  readonly blocks: IcdBlock[] = [];
  readonly nodes: OpenNode[] = [];
  private readonly sets: Sevenths[] = [];
  private readonly statuses = new Map<string, readonly NodeStatus[]>();

  read(line: string): void {
    const mark = line.charAt(0);
    if (mark >= 'A' && mark <= 'Z') this.readNode(line);
    else if (mark === '<' || mark === '+' || mark === '!') this.readBelow(mark, line.slice(1));
    else this.readHead(line.split('\t'));
  }

  private readHead([kind, first = '', second = '', ...more]: readonly string[]): void {
    if (kind === 'release') {
      const to = more[0] ?? '';
      this.releases.push({ id: first, from: second, ...(to === '' ? {} : { to }) });
    } else if (kind === 'block') {
      this.blocks.push({ first, last: second, excludes1: more });
    } else if (kind === 'sevenths') {
      this.sets[Number(first)] = new Map(
        [second, ...more].map((ending) => [ending.charAt(0), ending.slice(2)]),
      );
    } else if (kind !== '') throw new Error(`ICD-10-CM data: a line of unknown kind, "${kind ?? ''}"`);
  }

  private readNode(line: string): void {
    const [code = '', status = '', text = ''] = line.split('\t');
    this.nodes.push({
      code,
      status: this.statusesOf(status),
      text,
      olderTexts: NO_TEXTS,
      terms: NONE,
      excludes1: NONE,
    });
  }

  /** Shared: some dozen combinations serve all nodes. */
  private statusesOf(text: string): readonly NodeStatus[] {
    const known = this.statuses.get(text) ?? text.split(',').map((status) => this.statusOf(status));
    this.statuses.set(text, known);
    return known;
  }

  private statusOf(text: string): NodeStatus {
    if (text === '-') return 'absent';
    if (text === 'h') return 'header';
    if (text === 'b') return 'billable';
    const set = this.sets[Number(text)];
    if (set === undefined) throw new Error(`ICD-10-CM data: unknown status "${text}"`);
    return set;
  }

  private readBelow(mark: '<' | '+' | '!', text: string): void {
    const node = this.nodes.at(-1);
    if (node === undefined) throw new Error('ICD-10-CM data: a note before the first code');
    if (mark === '+') node.terms = [...node.terms, text];
    else if (mark === '!') node.excludes1 = [...node.excludes1, text];
    else {
      const tab = text.indexOf('\t');
      node.olderTexts = new Map([...node.olderTexts, [Number(text.slice(0, tab)), text.slice(tab + 1)]]);
    }
  }
}

const SIGNATURE = 'fascia-icd10cm 1\n';

/** @throws when the text is not in this form: the file ships with the package, so that is a bug. */
export const parseIcdData = (source: string): IcdData => {
  if (!source.startsWith(SIGNATURE))
    throw new Error('ICD-10-CM data: not a file that infra/icd10/build.mjs wrote');
  const reader = new Reader();
  for (const line of source.slice(SIGNATURE.length).split('\n')) reader.read(line);
  return { releases: reader.releases, blocks: reader.blocks, nodes: reader.nodes };
};
