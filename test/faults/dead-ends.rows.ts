/**
 * Tables in memory, folded by the real read models when they are first asked, and as much of SQL as guards ask them in: conditions of
 * one table, an order, a limit. What it does not understand it says; it never answers with too much.
 */
import { careModels } from '@fascia/composition';
import type { Envelope, Rows } from '@fascia/kernel';
import { groupsOf, type ReadModel, type Row } from '@fascia/read-store';

type Cells = Readonly<Record<string, unknown>>;
type Condition = (row: Cells, values: readonly unknown[]) => boolean;
type Select = (rows: readonly Cells[], values: readonly unknown[]) => readonly Cells[];

const TOKENS = /\s*("[^"]+"|\$\d+|[a-z]+(?:\[\])?|<>|!=|<=|>=|::|[=<>(),.*])/gy;

const tokensOf = (text: string): string[] => {
  const tokens: string[] = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < text.length) {
    const found = TOKENS.exec(text);
    if (found?.[1] === undefined) throw new Error(`no guard has asked this before: ${text}`);
    tokens.push(found[1]);
  }
  return tokens;
};

const compare = (a: unknown, b: unknown): number => (a === b ? 0 : String(a) < String(b) ? -1 : 1);

const OPERATORS: Readonly<Record<string, (a: unknown, b: unknown) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => compare(a, b) < 0,
  '>': (a, b) => compare(a, b) > 0,
  '<=': (a, b) => compare(a, b) <= 0,
  '>=': (a, b) => compare(a, b) >= 0,
};

const LITERALS: Readonly<Record<string, null | boolean>> = { null: null, true: true, false: false };

class Parser {
  #at = 0;
  readonly #tokens: readonly string[];

  constructor(private readonly text: string) {
    this.#tokens = tokensOf(text);
  }

  #sees(...words: readonly string[]): boolean {
    return words.every((word, index) => this.#tokens[this.#at + index] === word);
  }

  #takes(...words: readonly string[]): boolean {
    const seen = this.#sees(...words);
    if (seen) this.#at += words.length;
    return seen;
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  #needs(word: string): void {
    if (!this.#takes(word)) throw new Error(`no guard has asked this before, at ${word}: ${this.text}`);
  }

  #name(): string {
    const name = this.#next();
    if (!name.startsWith('"')) throw new Error(`no guard has asked this before, at ${name}: ${this.text}`);
    return name.slice(1, -1);
  }

  #value(): (values: readonly unknown[]) => unknown {
    const place = Number(this.#next().slice(1)) - 1;
    return (values) => values[place];
  }

  select(): { readonly table: string; readonly run: Select } {
    this.#needs('select');
    this.#takes('distinct');
    const columns = this.#columns();
    this.#needs('from');
    this.#needs('"read"');
    this.#needs('.');
    const table = this.#name();
    const where = this.#takes('where') ? this.#either() : () => true;
    const order = this.#order();
    const limit = this.#takes('limit') ? this.#value() : () => undefined;
    if (this.#at < this.#tokens.length) throw new Error(`no guard has asked this before: ${this.text}`);
    return {
      table,
      run: (rows, values) =>
        columns(
          rows
            .filter((row) => where(row, values))
            .toSorted(order)
            .slice(0, (limit(values) as number | undefined) ?? rows.length),
        ),
    };
  }

  #columns(): (rows: readonly Cells[]) => readonly Cells[] {
    if (this.#takes('*')) return (rows) => rows;
    if (this.#takes('count', '(', '*', ')', 'as')) {
      const name = this.#name();
      // As PostgreSQL counts: in more digits than a number has.
      return (rows) => [{ [name]: String(rows.length) }];
    }
    if (this.#takes('min', '(')) {
      const column = this.#name();
      this.#needs(')');
      this.#needs('as');
      const name = this.#name();
      const least = (rows: readonly Cells[]) =>
        rows
          .map((row) => row[column])
          .filter((value) => value !== null)
          .toSorted(compare)[0] ?? null;
      return (rows) => [{ [name]: least(rows) }];
    }
    do this.#name();
    while (this.#takes(','));
    return (rows) => rows;
  }

  #order(): (a: Cells, b: Cells) => number {
    if (!this.#takes('order', 'by')) return () => 0;
    const by: ((a: Cells, b: Cells) => number)[] = [];
    do {
      const column = this.#name();
      const sign = this.#takes('desc') ? -1 : 1;
      by.push((a, b) => sign * compare(a[column], b[column]));
    } while (this.#takes(','));
    return (a, b) => by.map((one) => one(a, b)).find((found) => found !== 0) ?? 0;
  }

  #either(): Condition {
    const all = [this.#every()];
    while (this.#takes('or')) all.push(this.#every());
    return (row, values) => all.some((one) => one(row, values));
  }

  #every(): Condition {
    const all = [this.#one()];
    while (this.#takes('and')) all.push(this.#one());
    return (row, values) => all.every((one) => one(row, values));
  }

  #one(): Condition {
    if (this.#takes('(')) {
      const inner = this.#either();
      this.#needs(')');
      return inner;
    }
    const column = this.#name();
    if (this.#takes('is')) {
      const not = this.#takes('not');
      const wanted = LITERALS[this.#next()];
      return (row) => (row[column] === wanted) !== not;
    }
    const not = this.#takes('not');
    if (this.#takes('in')) {
      this.#needs('(');
      const values = [this.#value()];
      while (this.#takes(',')) values.push(this.#value());
      this.#needs(')');
      return (row, given) =>
        row[column] !== null && values.some((value) => value(given) === row[column]) !== not;
    }
    const holds = OPERATORS[this.#next()];
    if (holds === undefined) throw new Error(`no guard has asked this before: ${this.text}`);
    const value = this.#value();
    // What is null compares to nothing.
    return (row, given) => row[column] !== null && holds(row[column], value(given));
  }
}

const asked = new Map<string, ReturnType<Parser['select']>>();

const understood = (text: string): ReturnType<Parser['select']> => {
  const known = asked.get(text) ?? new Parser(text).select();
  asked.set(text, known);
  return known;
};

interface Table {
  readonly groups: Map<string, readonly Row[]>;
  upTo: number;
}

export class Tables implements Rows {
  readonly #tables = new Map<string, Table>();

  /** @param log what happened so far, in order; it only grows */
  constructor(private readonly log: readonly Envelope[]) {}

  /** Rows of a model as they are now, by its type. */
  all<R extends Row>(model: Pick<ReadModel, 'name'>): readonly R[] {
    return this.#rowsOf(model.name) as readonly R[];
  }

  query<T extends object>(text: string, values: readonly unknown[] = []): Promise<readonly T[]> {
    const { table, run } = understood(text);
    return Promise.resolve(run(this.#rowsOf(table) as unknown as readonly Cells[], values) as readonly T[]);
  }

  #rowsOf(name: string): readonly Row[] {
    const model = careModels.find((one) => one.name === name);
    if (model === undefined) throw new Error(`no model ${name}`);
    const table = this.#tables.get(name) ?? { groups: new Map<string, readonly Row[]>(), upTo: 0 };
    this.#tables.set(name, table);
    const groups = groupsOf(model);
    for (const event of this.log.slice(table.upTo))
      if (model.takes.includes(event.type))
        for (const group of groups.of(event))
          table.groups.set(group, groups.fold(table.groups.get(group) ?? [], event, group));
    table.upTo = this.log.length;
    return [...table.groups.values()].flat();
  }
}
