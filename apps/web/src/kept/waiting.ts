/** What of a draft is not whole yet, and waits beside it. */
import { readContent, type Contract, type Waiting } from './read-content.js';
import { same } from './merging.js';

type Parts = Readonly<Record<string, unknown>>;

const partsOf = (content: object): Parts => content as Parts;
/** What holds nothing is not there. */
export const ofParts = <C extends object>(parts: readonly (readonly [string, unknown])[]): C =>
  Object.fromEntries(parts.filter(([, value]) => value !== undefined)) as object as C;

/** By part. */
export const waitingIn = <C extends object>(
  contract: Contract,
  content: C,
): readonly Waiting<keyof C & string>[] => readContent(contract, content).waiting;

/** What of it is kept now: of a part that cannot be read at all, what could be read of it last. */
export const keptOf = <C extends object>(contract: Contract, content: C, good: C): C => {
  const { kept, waiting } = readContent(contract, content);
  const last = waiting.flatMap(({ part, rows }) => (rows === undefined ? [[part, good[part]] as const] : []));
  return ofParts([...Object.entries(partsOf(kept)), ...last]);
};

export interface Typed<C> {
  readonly content: C;
  /** What was kept of it. */
  readonly beside?: C;
}

const rowsIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Of a row that has a name of its own: somebody else may have made it whole meanwhile. */
const nameOf = (row: unknown): readonly unknown[] => {
  const { goalId } = row as { readonly goalId?: unknown };
  return goalId === undefined ? [] : [goalId];
};

/**
 * What is said now, and what was typed: where nobody has said a part otherwise since, as it was typed; of rows that wait also beside
 * those that somebody else wrote meanwhile.
 */
export const overlaid = <C extends object>(contract: Contract, said: C, typed: Typed<C>): C => {
  const [now, all, beside] = [partsOf(said), partsOf(typed.content), partsOf(typed.beside ?? {})];
  const { kept, waiting } = readContent(contract, said);
  const read = partsOf(kept);
  const open = new Set<string>(waiting.map(({ part }) => part));
  const rowsOf = new Map<string, Waiting['rows']>(
    waitingIn(contract, typed.content).map(({ part, rows }) => [part, rows]),
  );
  const valueOf = (part: string): unknown => {
    if (!open.has(part) && same(read[part], beside[part])) return all[part];
    const names = new Set(rowsIn(now[part]).flatMap(nameOf));
    const rows = (rowsOf.get(part) ?? []).filter((row) => !nameOf(row).some((name) => names.has(name)));
    return rows.length === 0 ? now[part] : [...rowsIn(now[part]), ...rows];
  };
  const parts = new Set([...Object.keys(now), ...Object.keys(all)]);
  return ofParts([...parts].map((part) => [part, valueOf(part)] as const));
};
