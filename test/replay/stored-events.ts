/** Every stored event type of the product, by the category whose streams hold it. */
import { ACCESS_CONTRACT } from '@fascia/audit';
import { PROCESS_CONTRACT } from '@fascia/coordination';
import type { Category, Contract, DomainEvent, EventSchema, Fact } from '@fascia/kernel';
import { BOOKKEEPING_CONTRACT, REGISTER_CONTRACT } from '@fascia/write-door';
import { aggregateByCategory, deciderByCategory } from '@fascia/composition';

export const contractByCategory: ReadonlyMap<Category, Contract> = new Map<Category, Contract>([
  ...[...aggregateByCategory].map(([category, { contract }]): [Category, Contract] => [category, contract]),
  ['process', PROCESS_CONTRACT],
  ['register', REGISTER_CONTRACT],
  // May stand in any stream; its samples are in one that no decider folds.
  ['calendar', BOOKKEEPING_CONTRACT],
  ['access', ACCESS_CONTRACT],
]);

export interface StoredType {
  readonly category: Category;
  readonly type: string;
  readonly declared: EventSchema;
}

export const STORED_TYPES: readonly StoredType[] = [...contractByCategory].flatMap(([category, contract]) =>
  Object.entries(contract).map(([type, declared]) => ({ category, type, declared })),
);

/** What a stream's facts come to; nothing where a category has no decider of its own (process, register, access). */
export const foldOf = (
  category: Category,
  facts: readonly Fact<DomainEvent>[],
): { readonly state: unknown; readonly stage: string } | undefined => {
  const decider = deciderByCategory.get(category);
  if (decider === undefined) return undefined;
  const state = facts.reduce((sofar, fact) => decider.evolve(sofar as never, fact), decider.initial);
  return { state, stage: decider.stage(state as never) };
};
