/** A question, whole: its rows, who may see them, what may be asked of it, in which order, and what it answers, whoever asks. */
import { sql, type Expression, type SelectQueryBuilder } from 'kysely';
import type { Actor, Category, Instant } from '@fascia/kernel';
import type { z } from 'zod';
import { callersValues } from './caller.js';
import { AFTER, compiledCounts, compiledList, LIMIT, valueOfKind, type ListQuery } from './list-query.js';
import { partOf, type Counts, type PageAsked, type PartOf } from './paging.js';
import type { NotingDesk, Seen } from './read-desk.js';
import type { ReadModel } from './read-model.js';
import { visible, type AnySelect, type Scope } from './scope.js';
import { seenOf, type SeenOf } from './seen-of.js';
import { compiled, parameter, type Compiled, type Condition } from './sql.js';

/** Who asks, and when. */
export interface Asking {
  readonly by: Actor;
  readonly now: Instant;
  readonly desk: NotingDesk;
}

/** What may be given back, lists and objects as they are read. */
type Shown<T> = T extends readonly (infer U)[]
  ? readonly Shown<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Shown<T[K]> }
    : T;

interface Described<Name extends string, A extends z.ZodType> {
  /** The operation's id: `listPlans`. */
  readonly name: Name;
  /** The address under `/api/v1`: `plans`, `plans/:id`. */
  readonly at: string;
  /** Heading in the API's description. */
  readonly tag: string;
  readonly summary: string;
  readonly resource: Category;
  readonly answer: A;
  /** The tables that this question brings along; a context's read models are those of its questions. */
  readonly models?: readonly ReadModel[];
}

interface Rowed<Row extends object, Given> {
  readonly resource: Category;
  readonly scope: Scope;
  /** `select … from …`, the table called `t`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- which tables it is over is its own affair
  readonly from: SelectQueryBuilder<any, any, Row>;
  /** Whose data a row is, where it is several people's all of them; nothing for rows that are nobody's. */
  patientOf(row: Row): string | null | readonly string[];
  show(row: Row, asking: Asking): Given;
}

type Filters<Values> = {
  readonly [K in keyof Values & string]-?: (value: Expression<NonNullable<Values[K]>>) => Condition;
};

export interface ListQuestion<
  Name extends string = string,
  Query extends object = object,
  A extends z.ZodType = z.ZodType,
  Kind extends string = string,
> extends Described<Name, A> {
  readonly kind: 'list';
  /** What the policy is asked for; `Read` when absent. Auditing is a role's alone: who may not is told so, and gets no empty list. */
  readonly deed?: 'Match' | 'Audit';
  /** What may be asked in a body at `<at>/search`: what must not stand in an address. Part of `Query`. */
  readonly search?: z.ZodObject;
  /** The columns that order the rows; a page's cursor carries their values. */
  readonly order: readonly string[];
  /** Of what it says how many there are, where it is asked to (`counted`, part of `Query`). */
  readonly counts?: readonly Kind[];
  /** For those who watch it: who sees what of the rows that changed. */
  readonly seenOf: SeenOf;
  /** @returns nothing when what the list is about is not there, or not for the caller to know */
  ask(desk: NotingDesk, by: Actor, query: Query, page: PageAsked): Promise<PartOf<z.output<A>> | undefined>;
}

export interface OneQuestion<Name extends string = string, A extends z.ZodType = z.ZodType> extends Described<
  Name,
  A
> {
  readonly kind: 'one';
  /** @returns nothing when it is not there, or not for the caller to know */
  ask(desk: NotingDesk, by: Actor, id: string): Promise<z.output<A> | undefined>;
}

export type Question = ListQuestion<string, never> | OneQuestion;

/** What is said of a question, without how it is asked. */
const describedBy = <Name extends string, A extends z.ZodType>({
  name,
  at,
  tag,
  summary,
  answer,
  models,
  resource,
}: Described<Name, A>): Described<Name, A> => ({
  name,
  at,
  tag,
  summary,
  answer,
  resource,
  ...(models === undefined ? {} : { models }),
});

/** One compiled query for each combination of what is asked. */
const remembering = <Row extends object>(): ((key: string, make: () => Compiled<Row>) => Compiled<Row>) => {
  const known = new Map<string, Compiled<Row>>();
  return (key, make) => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
};

const keyOf = ({ relations }: Seen): string => (relations === 'all' ? relations : relations.join('+'));

/** Names that a list's query may have beside what its conditions are about. */
interface AskedOfLists {
  /** Whether it says how many there are of each kind. */
  readonly counted?: boolean;
  /** From the other end than usual, of a list that begins with what is oldest. */
  readonly latestFirst?: boolean;
}

/** In place of what was asked; `undefined` for what is not asked then. */
type Otherwise<Query> = { readonly [K in keyof Query]?: Query[K] | undefined };

interface ListParts<
  Name extends string,
  Row extends object,
  Query extends object,
  Values extends object,
  A extends z.ZodType,
  Kind extends string,
>
  extends Described<Name, A>, Rowed<Row, Shown<z.input<A>>>, Pick<ListQuestion, 'deed'> {
  /** Personal data stand in no address: with these words the list has one that takes them in a body. */
  readonly search?: z.ZodObject;
  /** By the names of {@link values}; what is not asked is no condition. */
  readonly where: Filters<Values>;
  /** What was asked, as the conditions take it; as it came when absent. */
  values?(query: Query, asking: Asking): Values | Promise<Values>;
  /** Two text columns that order the rows, the second unique. */
  readonly order: readonly [first: keyof Row & string, unique: keyof Row & string];
  /** `desc` for the latest first. */
  readonly direction: 'asc' | 'desc';
  /** Kinds of rows that may be counted: as the list is asked, but for this. */
  readonly counts?: Readonly<Record<Kind, Otherwise<NoInfer<Query>>>>;
  /** Whether the caller may know of what the list is about. */
  about?(desk: NotingDesk, by: Actor, query: Query): Promise<boolean>;
}

/** What was asked, as the conditions take it. */
type ValuesOf<Query> = (query: Query, asking: Asking) => Promise<Readonly<Record<string, unknown>>>;

/**
 * How many rows there are of each kind: those that the caller may see in the list, by its own conditions. They are of the tables as they
 * are, so that what the list lacks is lacking in them too; asked beside the page, they may be of a moment later.
 */
const counting = <Row extends object, Query extends object>(
  list: ListQuery<Row>,
  kinds: Readonly<Record<string, Otherwise<Query>>>,
  valuesOf: ValuesOf<Query>,
) => {
  const remembered = remembering<Counts>();
  return async (query: Query, seen: Seen, asking: Asking): Promise<Counts | null> => {
    const each = await Promise.all(
      Object.entries(kinds).map(async ([kind, other]) => {
        const given = await valuesOf({ ...query, ...other }, asking);
        return { kind, given, asked: Object.keys(list.where).filter((one) => given[one] !== undefined) };
      }),
    );
    const key = [keyOf(seen), ...each.map(({ asked }) => asked.join(','))].join(' ');
    const make = (): Compiled<Counts> =>
      compiledCounts(
        list,
        seen,
        each.map(({ kind, asked }) => [kind, asked]),
      );
    const values = each.flatMap(({ kind, given, asked }) =>
      asked.map((one) => [valueOfKind(kind, one), given[one]] as const),
    );
    const [found] = await remembered(key, make).ask(asking.desk.rows, {
      ...callersValues(asking.by),
      ...Object.fromEntries(values),
    });
    return found ?? null;
  };
};

export const listQuestion = <
  const Name extends string,
  Row extends object,
  A extends z.ZodType,
  Query extends object = Record<never, never>,
  Values extends object = Query,
  Kind extends string = never,
>(
  parts: ListParts<Name, Row, Query, Values, A, Kind>,
): ListQuestion<Name, Query, A, Kind> => {
  const { resource, scope, order, deed, counts } = parts;
  const sqlParts = parts as unknown as ListQuery<Row>;
  const remembered = remembering<Row>();
  const valuesOf: ValuesOf<Query> = async (query, asking) =>
    ((await parts.values?.(query, asking)) ?? query) as Readonly<Record<string, unknown>>;
  const count = counts && counting(sqlParts, counts, valuesOf);

  const ask: ListQuestion<Name, Query, A>['ask'] = async (desk, by, query, { limit, after }) => {
    if (parts.about !== undefined && !(await parts.about(desk, by, query))) return undefined;
    const asking: Asking = { by, now: desk.clock.now().toISOString(), desk };
    const seen = desk.seenBy(by, resource, scope, deed);
    if (deed === 'Audit' && seen.relations.length === 0) return undefined;
    const { counted, latestFirst }: AskedOfLists = query;
    const given = await valuesOf(query, asking);
    const asked = Object.keys(parts.where).filter((one) => given[one] !== undefined);
    const paged = after !== undefined;
    const direction = latestFirst === true ? 'desc' : parts.direction;
    const key = [keyOf(seen), asked.join(','), String(paged), direction].join(' ');
    const make = (): Compiled<Row> => compiledList(sqlParts, seen, { asked, paged, direction });
    const found = await remembered(key, make).ask(desk.rows, {
      ...callersValues(by),
      ...given,
      [LIMIT]: limit + 1,
      [AFTER[0]]: after?.[0],
      [AFTER[1]]: after?.[1],
    });
    const { items, last } = partOf(found, limit, (row) => [String(row[order[0]]), String(row[order[1]])]);
    desk.disclose(
      by,
      resource,
      seen.policy,
      items.flatMap((row) => parts.patientOf(row)),
    );
    const shown = items.map((row) => parts.show(row, asking)) as z.output<A>[];
    if (count === undefined) return { items: shown, last };
    return { items: shown, last, counts: counted === true ? await count(query, seen, asking) : null };
  };
  const { search } = parts;
  return {
    kind: 'list',
    order,
    seenOf: seenOf(parts),
    ...(counts === undefined ? {} : { counts: Object.keys(counts) as Kind[] }),
    ...(deed === undefined ? {} : { deed }),
    ...(search === undefined ? {} : { search }),
    ...describedBy(parts),
    ask,
  };
};

interface OneParts<Name extends string, Row extends object, A extends z.ZodType>
  extends Described<Name, A>, Rowed<Row, Shown<z.input<A>> | Promise<Shown<z.input<A>>>> {}

export const oneQuestion = <const Name extends string, Row extends object, A extends z.ZodType>(
  parts: OneParts<Name, Row, A>,
): OneQuestion<Name, A> => {
  const row = rowQuestion(parts);
  return {
    kind: 'one',
    ...describedBy(parts),
    ask: async (desk, by, id) => {
      const found = await row(desk, by, id);
      if (found === undefined) return undefined;
      return (await parts.show(found, { by, now: desk.clock.now().toISOString(), desk })) as z.output<A>;
    },
  };
};

/** One row by its id, if the caller may see it; that they did is recorded. */
export const rowQuestion = <Row extends object>({
  resource,
  scope,
  from,
  patientOf,
}: Pick<Rowed<Row, unknown>, 'resource' | 'scope' | 'from' | 'patientOf'>) => {
  const remembered = remembering<Row>();
  const make = (seen: Seen): Compiled<Row> =>
    compiled(
      (from as unknown as AnySelect<Row>)
        .where(visible(scope, seen))
        .where(sql<boolean>`${sql.ref('t.id')} = ${parameter('id')}`),
    );
  return async (desk: NotingDesk, by: Actor, id: string): Promise<Row | undefined> => {
    const seen = desk.seenBy(by, resource, scope);
    const [row] = await remembered(keyOf(seen), () => make(seen)).ask(desk.rows, {
      ...callersValues(by),
      id,
    });
    if (row !== undefined) desk.disclose(by, resource, seen.policy, [patientOf(row)].flat());
    return row;
  };
};
