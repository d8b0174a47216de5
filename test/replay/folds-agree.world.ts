/** A thing of a context that is asked this and that, and what its state and its row say of the same. */
import { careModels, deciderByCategory } from '@fascia/composition';
import type { Actor, Category, Command, Decider, DomainEvent, Role } from '@fascia/kernel';
import type { ReadModel } from '@fascia/read-store';

type Said = Readonly<Record<string, unknown>>;
/** States and rows of every context: what is compared of them is read by name. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each world knows its own
export type Shape = any;

export interface Asked {
  readonly command: Command;
  readonly by: Actor;
  readonly facts?: unknown;
  readonly at?: string;
}

export interface World {
  readonly category: Category;
  readonly decider: Decider<unknown, Command, DomainEvent, unknown>;
  readonly model: ReadModel;
  readonly asked: readonly Asked[];
  /** What leads to an end is asked seldom, or nobody would come far. */
  readonly ends: readonly string[];
  /** The same of both. */
  readonly state: (state: Shape) => Said;
  readonly row: (row: Shape) => Said;
  /** Whether it is no row any more. */
  readonly gone?: (state: Shape) => boolean;
  /** Models that keep several rows of such a stream, or others, and the same of those. */
  readonly beside?: readonly Beside[];
}

export interface Beside {
  readonly model: ReadModel;
  readonly state: (state: Shape) => Said;
  readonly rows: (rows: readonly Shape[]) => Said;
}

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const person = (role: Role, organization: number, n: number): Actor => ({
  sub: `${role}-${String(n)}`,
  role,
  organizationId: uuid(organization),
  practitionerId: uuid(n),
});

export const modelOf = (wanted: string): ReadModel => {
  const model = careModels.find(({ name }) => name === wanted);
  if (model === undefined) throw new Error(`no model ${wanted}`);
  return model;
};

export const world = (
  category: Category,
  more: Pick<World, 'asked' | 'state' | 'row'> & Partial<World>,
): World => ({
  category,
  // A context's model of single things has the name of their category.
  model: modelOf(category),
  ends: [],
  decider: deciderByCategory.get(category) as unknown as World['decider'],
  ...more,
});

export const absent = <T>(value: T | undefined): T | null => value ?? null;
