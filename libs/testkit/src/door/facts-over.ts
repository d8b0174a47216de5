/** Decisions with the facts that an aggregate gathers, over streams and rows that a spec writes down. */
import { fold, type Actor, type Command, type Decision, type DomainEvent, type Fact } from '@fascia/kernel';
import type { Aggregate, FactTools, View } from '@fascia/write-door';
import { SOMEBODY, THEN } from '../given.js';

/** By name: what other contexts would have stored. */
export type StreamsWritten = Readonly<Record<string, readonly Fact<DomainEvent>[]>>;

/** By table; a table that is asked with something in mind looks at what it is asked with. */
export type TablesWritten = Readonly<
  Record<string, readonly object[] | ((values: readonly unknown[]) => readonly object[])>
>;

const tableIn = (sql: string): string => /from "read"\."(\w+)"/.exec(sql)?.[1] ?? '';

const patientIn = (data: unknown): string | undefined =>
  (data as { readonly patientId?: string } | undefined)?.patientId;

/** Rows are answered whole: which ones a question picks is PostgreSQL's to say. */
export const toolsOver = (streams: StreamsWritten, tables: TablesWritten = {}): FactTools => ({
  load: <S, C extends Command, E extends DomainEvent, F>(aggregate: Aggregate<S, C, E, F>, id: string) => {
    const stream = `${aggregate.decider.category}-${id}` as const;
    const facts = (streams[stream] ?? []) as readonly Fact<E>[];
    return Promise.resolve({
      state: fold<S, E>(aggregate.decider as never, facts),
      version: facts.length,
      stream,
    });
  },
  view: <S, E extends DomainEvent, T>({ folds, of }: View<S, E, T>, id: string) =>
    Promise.resolve(of(fold<S, E>(folds, (streams[`${folds.category}-${id}`] ?? []) as readonly Fact<E>[]))),
  lookup: (question) =>
    question.run({
      query: <T extends object>(text: string, values: readonly unknown[] = []) => {
        const rows = tables[tableIn(text)] ?? [];
        return Promise.resolve((typeof rows === 'function' ? rows(values) : rows) as readonly T[]);
      },
    }),
  patientOf: (category, id) => {
    const [first] = streams[`${category}-${id}`] ?? [];
    return Promise.resolve(category === 'patient' && first !== undefined ? id : patientIn(first?.data));
  },
  claimants: () => Promise.resolve([]),
});

export interface Asked<C> {
  readonly command: C;
  readonly id?: string;
  readonly by?: Actor;
  readonly at?: string;
}

/** @param tools what there is beside the stream itself */
export const decidedOver = async <S, C extends Command, E extends DomainEvent, F>(
  aggregate: Aggregate<S, C, E, F>,
  history: readonly Fact<E>[],
  { command, id = '00000000-0000-4000-8000-00000000c001', by = SOMEBODY, at = THEN }: Asked<C>,
  tools: FactTools,
): Promise<Decision<E>> => {
  const state = history.reduce(
    (sofar, fact) => aggregate.decider.evolve(sofar, fact),
    aggregate.decider.initial,
  );
  const facts = await aggregate.facts({ command, state, id, by, at }, tools);
  return aggregate.decider.decide(command, state, { facts, by, at, id });
};
