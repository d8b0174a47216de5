/**
 * From where on a process manager acts. One that comes with a release, or takes a type that it did not take, begins at the
 * end that the log has then: what happened before was dealt with without it. That it acts on older history is an operator's
 * explicit wish.
 */
import {
  StoreUnavailable,
  type EventStore,
  type Position,
  type Rows,
  type StoredEvent,
} from '@fascia/kernel';
import {
  beginning,
  headMark,
  MARK_COLUMNS,
  MARK_SQL,
  markIn,
  markOf,
  placeOf,
  valuesOf,
  type Mark,
  type MarkRow,
} from './history.js';

export const BEGINNING_SQL = `
create schema if not exists delivery;
create table if not exists delivery.process_start (
  process text not null,
  type text not null,${MARK_SQL},
  primary key (process, type)
);`;

export interface BeginningsParts {
  readonly rows: Rows;
  readonly store: EventStore;
  readonly processes: readonly { readonly name: string; readonly takes: readonly string[] }[];
  /** Whether an event says that process managers have acted on this log. */
  readonly isTheirs: (event: StoredEvent) => boolean;
  readonly log: (what: string, details: Readonly<Record<string, unknown>>) => void;
}

interface StartRow extends MarkRow {
  readonly process: string;
  readonly type: string;
}

/** Under no name: up to where the log was acted on before anything here was noted. */
const BEFORE = { name: '', takes: [''] };

const PAGE = 1_000;
const keyOf = (process: string, type: string): string => `${process} ${type}`;

export class Beginnings {
  #positions: ReadonlyMap<string, Position> | undefined;
  /** What was read last. */
  #read = '';

  constructor(private readonly parts: BeginningsParts) {}

  /** Notes what has no beginning yet, and finds all of them in the log as it is now. */
  async load(): Promise<void> {
    await this.#note(await this.#rows());
    const read = await this.#rows();
    const positions = new Map<string, Position>();
    const placed = new Map<string, Promise<Position>>();
    for (const row of read) {
      const name = [row.epoch, row.position, row.digest].join(' ');
      const position = placed.get(name) ?? this.#placed(markIn(row));
      placed.set(name, position);
      positions.set(keyOf(row.process, row.type), await position);
    }
    this.#positions = positions;
    this.#read = JSON.stringify(read);
  }

  /** Finds them again when somebody changed them. */
  async look(): Promise<void> {
    if (JSON.stringify(await this.#rows()) !== this.#read) await this.load();
  }

  #rows(): Promise<readonly StartRow[]> {
    return this.parts.rows.query(
      `select process, type, ${MARK_COLUMNS} from delivery.process_start order by process, type`,
    );
  }

  /**
   * Up to there process managers acted, and nothing is known of how far they had come: the rows that say so were lost.
   * @throws StoreUnavailable before anything was loaded
   */
  get unknown(): Position {
    return this.#begun('', '') ?? 0n;
  }

  /**
   * Whether it is for the process, or happened before it began.
   * @throws StoreUnavailable before anything was loaded: nobody may take it for what happened before
   */
  takes(process: string, { type, position }: Pick<StoredEvent, 'type' | 'position'>): boolean {
    const begun = this.#begun(process, type);
    return begun !== undefined && position > begun;
  }

  #begun(process: string, type: string): Position | undefined {
    if (this.#positions === undefined) throw new StoreUnavailable('where processes begin is not known yet');
    return this.#positions.get(keyOf(process, type));
  }

  async #note(known: readonly StartRow[]): Promise<void> {
    const noted = new Set(known.map(({ process, type }) => keyOf(process, type)));
    const missing = [BEFORE, ...this.parts.processes].flatMap(({ name, takes }) =>
      takes.filter((type) => !noted.has(keyOf(name, type))).map((type) => ({ name, type })),
    );
    if (missing.length === 0) return;
    const first = known.length === 0 && !(await this.#haveActed());
    const mark = await headMark(this.parts.store);
    await this.parts.rows.query(
      `insert into delivery.process_start (process, type, epoch, position, stream, version, digest)
       select process, type, $3, $4, $5, $6, $7 from unnest($1::text[], $2::text[]) as m(process, type) on conflict do nothing`,
      [
        missing.map(({ name }) => name),
        missing.map(({ type }) => type),
        ...valuesOf(first ? beginning(mark.epoch) : mark),
      ],
    );
  }

  /** On a log that none has acted on all begin with it. */
  async #haveActed(): Promise<boolean> {
    for (let at = 0n; ;) {
      const page = await this.parts.store.readAll(at, PAGE);
      if (page.some(this.parts.isTheirs)) return true;
      const last = page.at(-1);
      if (last === undefined) return false;
      at = last.position;
    }
  }

  /**
   * In another history everything that is there by now came before: what of it nobody has acted on is passed over, and said to be.
   */
  async #placed(mark: Mark): Promise<Position> {
    const { rows, store, log } = this.parts;
    const place = await placeOf(store, mark);
    if (place.kind === 'same') return mark.position;
    const now = place.kind === 'renamed' ? place.mark : await headMark(store);
    const moved = await rows.query<{ process: string }>(
      `update delivery.process_start set epoch = $1, position = $2, stream = $3, version = $4, digest = $5
       where epoch = $6 and position = $7 and digest = $8 returning process`,
      [...valuesOf(now), mark.epoch, mark.position.toString(), mark.digest],
    );
    const processes = [...new Set(moved.map(({ process }) => process))].filter((name) => name !== '');
    if (place.kind === 'other' && processes.length > 0)
      log('the log is another one: processes pass over what is in it by now', {
        processes: processes.toSorted(),
        begunAfter: mark.position.toString(),
        passedOverTo: now.position.toString(),
      });
    return now.position;
  }
}

export interface BeginFrom {
  /** The follower that hands events to processes: it is set back as far. */
  readonly follower: string;
  readonly process: string;
  /** Of the last event that it is not to act on; `0n`: it acts on all history. */
  readonly after: Position;
}

/** Both or none: a process that begins earlier, and whose follower is not set back, never sees what it is to act on. */
const BEGIN_FROM = `
with begun as (
  update delivery.process_start set epoch = $2, position = $3, stream = $4, version = $5, digest = $6
  where process = $1 returning 1
), back as (
  update delivery.checkpoint set epoch = $2, position = $3, stream = $4, version = $5, digest = $6
  where follower = $7 and position > $3 and exists (select 1 from begun)
)
select 1 from begun`;

/** An operator's wish. What was handled already is handled no second time. */
export const beginFrom = async (
  rows: Rows,
  store: EventStore,
  { follower, process, after }: BeginFrom,
): Promise<'begun' | 'no such process' | 'no such event'> => {
  const event = after === 0n ? undefined : await store.readAt(after);
  if (after !== 0n && event === undefined) return 'no such event';
  const { epoch } = await store.head();
  const mark = event === undefined ? beginning(epoch) : markOf(epoch, event);
  const begun = await rows.query(BEGIN_FROM, [process, ...valuesOf(mark), follower]);
  return begun.length === 0 ? 'no such process' : 'begun';
};
