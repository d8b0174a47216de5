/**
 * A command is written once: its body's schema gives the type that the decider takes, what the HTTP door refuses, the API's
 * description, and the shape in which process managers ask for it.
 */
import type { z } from 'zod';
import { body, id, type Bearing } from './words.js';

type Parts = z.core.$ZodLooseShape;

export interface CommandDeclaration<
  S extends z.ZodObject = z.ZodObject,
  B extends z.ZodObject = z.ZodObject,
> {
  /** The whole command beside its type: what its decider takes, and how process managers ask for it. */
  readonly schema: S;
  /** Of it, what somebody outside may say. */
  readonly body: B;
  /**
   * `creates`: `POST /api/v1/<collection>`. `acts`: `POST /api/v1/<collection>/{id}/<at>`. `internal`: the product's own; no
   * address, and offered to nobody.
   */
  readonly kind: 'creates' | 'acts' | 'internal';
  /** Whether it may be given of what does not exist yet: a creation, and what brings the state of something from elsewhere. */
  readonly begins: boolean;
  readonly at?: string;
  /** One line for the API's description; for an internal one, who asks for it. */
  readonly summary: string;
}

/** By type, in the imperative: `SendReferral`. */
export type Commands = Readonly<Record<string, CommandDeclaration>>;

/** An object without parts would be one that may have none, its `type` included. */
type Said<S extends z.ZodObject> = [keyof S['shape']] extends [never] ? unknown : Readonly<z.output<S>>;

export type CommandOf<C extends Commands, T extends keyof C & string> = { readonly type: T } & Said<
  C[T]['schema']
>;

/** The union of the commands that a contract declares, discriminated by `type`. */
export type CommandsOf<C extends Commands> = { [T in keyof C & string]: CommandOf<C, T> }[keyof C & string];

const NOTHING = {};
type Nothing = typeof NOTHING;

/** What is said twice is as it was said last. */
type Over<P, O> = Omit<P, keyof O> & O;

const over = <P extends Parts, O extends Parts>(parts: P, own: O): Over<P, O> => ({ ...parts, ...own });

/**
 * The client may bring the id.
 * @param own what only the product's own parts may say beside, or say otherwise: facts that must never come from a request
 */
export const creates = <P extends Parts, O extends Parts = Nothing>(
  summary: string,
  parts: P,
  own: O = NOTHING as O,
) =>
  ({
    kind: 'creates',
    begins: true,
    summary,
    schema: body(over(parts, own)),
    body: body({ ...parts, id: id('Bring your own id, or leave it out.').optional() }),
  }) as const;

/** @param own as of {@link creates} */
export const acts = <P extends Parts = Nothing, O extends Parts = Nothing>(
  at: string,
  summary: string,
  parts: P = NOTHING as P,
  own: O = NOTHING as O,
) =>
  ({ kind: 'acts', begins: false, at, summary, schema: body(over(parts, own)), body: body(parts) }) as const;

/** @param who asks for it: a process manager, a timer, an import */
export const internal = <P extends Parts = Nothing>(who: string, parts: P = NOTHING as P) => {
  const schema = body(parts);
  return { kind: 'internal', begins: false, summary: who, schema, body: schema } as const;
};

/** An internal command that says what something is like elsewhere: it is made here where it is not here yet. */
export const receives = <P extends Parts = Nothing>(who: string, parts: P = NOTHING as P) =>
  ({ ...internal(who, parts), begins: true }) as const;

type Below<K extends string, P extends string> = P extends '' ? K : `${K}.${P}`;

/** How deep a body may nest what it refers to. */
type Deeper = [never, 0, 1, 2, 3, 4];

/** Where in a value ids of other things stand, by their names from the outside in; those of a list under the list's name. */
type RefPaths<T, Depth extends number = 5> = [Depth] extends [never]
  ? never
  : T extends string
    ? [Bearing<T>] extends [never]
      ? never
      : ''
    : T extends readonly (infer Item)[]
      ? RefPaths<Item, Deeper[Depth]>
      : T extends object
        ? { [K in keyof T & string]: Below<K, RefPaths<NonNullable<T[K]>, Deeper[Depth]>> }[keyof T & string]
        : never;

type Outside<C extends Commands> = {
  [T in keyof C & string]: C[T]['kind'] extends 'internal' ? never : T;
}[keyof C & string];

type RefsOf<C extends Commands, T extends keyof C & string> = RefPaths<z.output<C[T]['body']>>;

/**
 * Of every command that somebody outside may give, everything that its body refers to: a row that is left out does not compile.
 * `content.diagnosisIds` is each of that list.
 */
export type ReferencesOf<C extends Commands, Rule> = {
  readonly [T in Outside<C> as [RefsOf<C, T>] extends [never] ? never : T]: {
    readonly [P in RefsOf<C, T>]: Rule;
  };
};

/** The types of a contract's commands, as they were declared. */
export const typesOf = <C extends Commands>(commands: C): readonly (keyof C & string)[] =>
  Object.keys(commands);

type Acting<C extends Commands> = {
  [T in keyof C & string]: C[T]['kind'] extends 'acts' ? T : never;
}[keyof C & string];

/** Of some commands those that have an address on a thing that exists: what a screen may offer. */
export const offered = <C extends Commands>(
  commands: C,
  types: readonly (keyof C & string)[] = typesOf(commands),
): readonly Acting<C>[] => types.filter((type): type is Acting<C> => commands[type]?.kind === 'acts');
