/** Finding codes: the classification is a tree by prefix, and a 7th character is not a node of its own. */
import { dotted, undotted } from './code.js';
import type { IcdCode } from './code.js';
import type { IcdBlock, IcdData, IcdNode, IcdRelease, NodeStatus } from './data.js';

/** What a code stands for: a node, or a node with one of its 7th characters. */
export interface Found {
  readonly code: IcdCode;
  readonly node: IcdNode;
  readonly seventh?: string;
}

export type StatusName = 'absent' | 'header' | 'needsSeventh' | 'billable';

const nameOf = (status: NodeStatus | undefined): StatusName =>
  status === undefined ? 'absent' : typeof status === 'string' ? status : 'needsSeventh';

const takesSeventh = ({ status }: IcdNode, release: number, seventh: string): boolean => {
  const here = status[release];
  return here !== undefined && typeof here !== 'string' && here.has(seventh);
};

export class IcdTree {
  private readonly byCode: ReadonlyMap<string, IcdNode>;

  constructor(private readonly data: IcdData) {
    this.byCode = new Map(data.nodes.map((node) => [node.code, node]));
  }

  get releases(): readonly IcdRelease[] {
    return this.data.releases;
  }

  get nodes(): readonly IcdNode[] {
    return this.data.nodes;
  }

  find(input: string): Found | undefined {
    const code = undotted(input);
    if (code === undefined) return undefined;
    const node = this.byCode.get(code);
    if (node !== undefined) return { code: dotted(code), node };
    return code.length === 7 ? this.findWithSeventh(code) : this.findPadded(code);
  }

  /** `S13.4XX`: the stem with its placeholders, as lists print it when the 7th character is left open. */
  private findPadded(code: string): Found | undefined {
    const node = this.byCode.get(code.replace(/X+$/, ''));
    const takesSeventh = node?.status.some((status) => typeof status !== 'string') === true;
    return node !== undefined && takesSeventh ? { code: dotted(node.code), node } : undefined;
  }

  /** The placeholder X must fill exactly the places between the stem and the 7th character. */
  private findWithSeventh(code: string): Found | undefined {
    const seventh = code.charAt(6);
    for (let length = 6; length >= 3; length -= 1) {
      const node = this.byCode.get(code.slice(0, length));
      const fits = node?.status.some((status) => typeof status !== 'string' && status.has(seventh)) === true;
      if (node !== undefined && fits) return { code: dotted(code), node, seventh };
      if (code.charAt(length - 1) !== 'X') return undefined;
    }
    return undefined;
  }

  statusIn({ node, seventh }: Found, release: number): StatusName {
    if (seventh !== undefined) return takesSeventh(node, release, seventh) ? 'billable' : 'absent';
    const status = nameOf(node.status[release]);
    return status === 'absent' && this.wasMadeOfItsStem(node, release) ? 'billable' : status;
  }

  /** A code of seven characters may be listed whole in one release and, in another, be its stem with a 7th character. */
  private wasMadeOfItsStem({ code }: IcdNode, release: number): boolean {
    const stem = code.length === 7 ? this.byCode.get(code.slice(0, 6)) : undefined;
    return stem !== undefined && takesSeventh(stem, release, code.charAt(6));
  }

  /** The newest release that knows the code at all. */
  latestOf(found: Found): number {
    return this.releases.findLastIndex((_, release) => this.statusIn(found, release) !== 'absent');
  }

  /** From the category down to the node itself. */
  lineage(node: IcdNode): readonly IcdNode[] {
    const prefixes = Array.from({ length: node.code.length - 2 }, (_, index) =>
      node.code.slice(0, index + 3),
    );
    return prefixes.flatMap((prefix) => this.byCode.get(prefix) ?? []);
  }

  /** The nearest node above any text that looks like a code. */
  nearest(code: string): IcdNode | undefined {
    for (let length = code.length; length >= 3; length -= 1) {
      const node = this.byCode.get(code.slice(0, length));
      if (node !== undefined) return node;
    }
    return undefined;
  }

  /** Every node whose code begins so, itself included. */
  below(prefix: string): readonly IcdNode[] {
    const start = this.firstAtOrAfter(prefix);
    const end = this.firstAtOrAfter(`${prefix}~`); // `~` sorts after every character of a code
    return this.nodes.slice(start, end);
  }

  private firstAtOrAfter(code: string): number {
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.nodes[middle]?.code ?? '') < code) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  blocksOf(node: IcdNode): readonly IcdBlock[] {
    const category = node.code.slice(0, 3);
    return this.data.blocks.filter(({ first, last }) => category >= first && category <= last);
  }
}

/** `S134` and `A` → `S13.4XXA`. */
export const withSeventh = (stem: string, seventh: string): IcdCode =>
  dotted(`${stem.padEnd(6, 'X')}${seventh}`);
