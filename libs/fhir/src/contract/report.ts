/** What the report of an import comes to. */
import type { ImportReport } from './events.js';

export const IMPORT_STATES = ['finished', 'nothing-taken'] as const;

export type ImportState = (typeof IMPORT_STATES)[number];

type Part = 'added' | 'changed' | 'unchanged' | 'different' | 'refused';

/** Of all kinds of things together, and of what was never a thing. */
export type ImportSums = Readonly<Record<Part | 'read' | 'ignored' | 'broken', number>>;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

export const sumsOf = ({ byKind, resources }: Pick<ImportReport, 'byKind' | 'resources'>): ImportSums => {
  const counts = Object.values(byKind);
  const ofThings = (part: Part): number => sum(counts.map((one) => one[part]));
  return {
    read: sum(resources.map(({ read }) => read)),
    added: ofThings('added'),
    changed: ofThings('changed'),
    unchanged: ofThings('unchanged'),
    different: ofThings('different'),
    refused: ofThings('refused'),
    ignored: sum(resources.map(({ ignored }) => ignored)),
    broken: sum(resources.map(({ broken }) => broken)),
  };
};

/** Whether anything of the file is on record now: brought by it, or there before. */
export const stateOf = ({ added, changed, unchanged }: ImportSums): ImportState =>
  added + changed + unchanged > 0 ? 'finished' : 'nothing-taken';
