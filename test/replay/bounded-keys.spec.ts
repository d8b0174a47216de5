/**
 * What is ordered by or indexed is short, whatever people write: a b-tree refuses more than 2,704 bytes, and a page's cursor has
 * an end. Every event of the frozen log is stretched: each text in it becomes as long as its contract lets it be.
 */
import { contracts, questions } from '@fascia/composition';
import type { Contract, DomainEvent, Envelope } from '@fascia/kernel';
import { readModel, sortKey, type ReadModel, type Row } from '@fascia/read-store';
import { frozenLog } from './frozen-log.js';
import { everyModel, rowsOf } from './net.js';

const LONGEST_BYTES = 512;
/** Texts of a contract without a bound that code writes, not people. */
const OURS = ['id by TimerSet'];
const schemas: Contract = Object.assign({}, ...contracts) as Contract;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Every way to make one text of a value very long, and how to put it back into the whole. */
const longer = (value: Json): readonly Json[] => {
  if (typeof value === 'string') return [4_000, 1_000, 200].map((length) => '漢'.repeat(length));
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    return list.flatMap((item, at) => longer(item).map((long) => list.with(at, long)));
  }
  const object = value as Readonly<Record<string, Json>>;
  return Object.entries(object).flatMap(([key, part]) =>
    longer(part).map((long) => ({ ...object, [key]: long })),
  );
};

/** An event as it would be with each of its texts at its longest; what the contract does not let in is left out. */
const stretched = (event: Envelope): readonly Envelope[] =>
  longer(event.data as Json).flatMap((data) =>
    schemas[event.type]?.schema.safeParse(data).success === true ? [{ ...event, data: data as object }] : [],
  );

/** Columns that lists are ordered by or that a b-tree or gin index holds; a hash index takes any length. */
const keysOf = (model: ReadModel): readonly string[] => {
  const indexed = [...model.indexes, 'group' in model ? model.group : '', 'id']
    .filter((index) => !index.includes('using hash'))
    .join(' ');
  const ordered = questions
    .filter(({ models = [] }) => models.includes(model))
    .flatMap((question) => (question.kind === 'list' ? question.order : []));
  return Object.keys(model.columns).filter(
    (column) => ordered.includes(column) || new RegExp(`\\b${column}\\b`).test(indexed),
  );
};

/** Of a list an index holds each item. */
const isLong = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(isLong)
    : Buffer.byteLength(JSON.stringify(value ?? null)) > LONGEST_BYTES;

/** Columns that can be too long, each with the event that makes it so. */
const tooLong = (model: ReadModel, log: readonly Envelope[]): readonly string[] => {
  const keys = keysOf(model);
  const first = new Map(log.map((event) => [event.type, event]));
  const found = [...first.values()]
    .filter(({ type }) => model.takes.includes(type))
    .flatMap((event) =>
      stretched(event).flatMap((long) => {
        // What came before in its stream, and then the long one in its place.
        const before = log.filter(
          ({ stream, version }) => stream === event.stream && version < event.version,
        );
        const rows: readonly Row[] = Object.values(rowsOf(model, [...before, long]));
        return rows.flatMap((row) =>
          Object.entries(row).flatMap(([column, value]) =>
            keys.includes(column) && isLong(value) ? [`${column} by ${event.type}`] : [],
          ),
        );
      }),
    );
  return [...new Set(found)].filter((one) => !OURS.includes(one));
};

describe('a key', () => {
  let log: readonly Envelope[];

  beforeAll(async () => {
    log = await frozenLog();
  });

  it.each(everyModel.map((model) => ({ name: model.name, model })))('of $name is short', ({ model }) => {
    expect(tooLong(model, log)).toEqual([]);
  });

  it('that is a name as people write it is found out', () => {
    const named = (indexed: string): ReadModel =>
      readModel<{ id: string; name: string; sort_key: string }, DomainEvent>({
        name: 'named',
        version: 1,
        columns: { id: 'text', name: 'text', sort_key: 'text' },
        indexes: [indexed],
        takes: ['OrganizationRegistered'],
        rowsOf: ({ stream }) => [stream],
        fold: (_row, { data }, id) => {
          const { name } = data as { readonly name: string };
          return { id, name, sort_key: sortKey(name) };
        },
      });
    expect(tooLong(named('(name, id)'), log)).toEqual(['name by OrganizationRegistered']);
    expect(tooLong(named('using hash (name)'), log)).toEqual([]);
    expect(tooLong(named('(sort_key, id)'), log)).toEqual([]);
  });
});
