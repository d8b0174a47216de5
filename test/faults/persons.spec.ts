/**
 * One person, several records: merges, chains, undoing and deaths, one after the other and at once. No fact is found with a person whose
 * it is not, none is lost, and records are never merged in a ring.
 */
import { uuidFrom } from '@fascia/kernel';
import fc from 'fast-check';
import { actor, consent, flag, NORTH, onPatient, PersonsWorld, RECORDS } from './persons.world.js';

const CLERK = actor('records');
const STRANGER = actor('records', 1);
const reason = 'Same person.';

const opened = async (): Promise<PersonsWorld> => {
  const world = new PersonsWorld();
  await world.registered();
  return world;
};

const record = (n: number): string => RECORDS[n] ?? '';
const merge = (from: number, into: number) =>
  onPatient(record(from), { type: 'MergePatients', survivorId: record(into), reason }, CLERK);
const undo = (n: number) => onPatient(record(n), { type: 'UndoMerge', reason }, CLERK);

/** Which record stands for each. */
const survivors = (world: PersonsWorld): Promise<readonly (string | undefined)[]> =>
  Promise.all(NORTH.map(async (id) => (await world.personOf(id)).ids[0]));

/** A clerk who is told where a chain ends merges into that record. */
const mergesIntoEnd = async (world: PersonsWorld, from: number, into: number): Promise<void> => {
  const [end] = (await world.personOf(record(into))).ids;
  await world.give(merge(from, RECORDS.indexOf(end ?? '')));
};

const north = fc.integer({ min: 0, max: NORTH.length - 1 });
const RUNS = 40;

/** Each into the next, and the last into the first: a ring, if all were done. */
const ring = fc
  .uniqueArray(north, { minLength: 2, maxLength: 3 })
  .map((records) =>
    records.map((from, n): [number, number] => [from, records[(n + 1) % records.length] ?? from]),
  );
const several = fc.uniqueArray(fc.tuple(north, north), {
  minLength: 2,
  maxLength: 4,
  selector: ([from]) => from,
});

describe('merges at once', () => {
  it('never make a ring, and each that was answered stands', async () => {
    const rings = fc.asyncProperty(
      fc.scheduler(),
      fc.oneof({ weight: 3, arbitrary: ring }, { weight: 1, arbitrary: several }),
      fc.boolean(),
      async (scheduler, merges, readsAtOnce) => {
        const world = await opened();
        const turn = async (deed: string): Promise<void> => {
          if (deed === 'append' || !readsAtOnce) await scheduler.schedule(Promise.resolve(), deed);
        };
        const asked = merges.map(([from, into]) => world.give(merge(from, into), turn));
        const outcomes = await scheduler.waitFor(Promise.all(asked));
        const found = await survivors(world);
        for (const [n, [from]] of merges.entries())
          expect({ from, stands: found[from] !== record(from) }).toEqual({
            from,
            stands: outcomes[n] === 'done',
          });
      },
    );
    await fc.assert(rings, { numRuns: RUNS });
  });

  it('into each other are not both done, and one by one the second is refused', async () => {
    const world = await opened();
    expect(await world.give(merge(0, 1))).toBe('done');
    expect(await world.give(merge(1, 0))).toBe('MERGE_SURVIVOR_INVALID');
  });
});

type Deed = readonly [
  kind: 'merge' | 'undo' | 'die' | 'live' | 'agree' | 'warn' | 'stays' | 'moves',
  on: number,
  into: number,
];

interface Fact {
  readonly id: string;
  readonly category: 'consent' | 'flag';
  /** After how many deeds. */
  readonly at: number;
}

/** What each record says by itself: what a person would note on paper. */
interface Paper {
  readonly into: (number | undefined)[];
  readonly dead: boolean[];
  readonly facts: Fact[][];
  /** Since how many deeds it is merged. */
  readonly since: number[];
  /** What nobody has said yet whose it is: on which record it is. */
  readonly left: (Fact & { readonly on: number })[][];
  deeds: number;
}

const endOn = ({ into }: Paper, n: number): number => {
  const next = into[n];
  return next === undefined ? n : endOn({ into } as Paper, next);
};

const together = (paper: Paper, n: number): readonly number[] =>
  [...NORTH.keys()].filter((one) => endOn(paper, one) === endOn(paper, n));

/** What came while a record was merged, on those that are another's now. */
const leave = (paper: Paper, on: number, before: readonly number[]): void => {
  const own = together(paper, on);
  const known = paper.left[on] ?? [];
  for (const other of before.filter((one) => !own.includes(one)))
    for (const fact of paper.facts[other] ?? [])
      if (fact.at >= (paper.since[on] ?? 0) && !known.some(({ id }) => id === fact.id))
        known.push({ ...fact, on: other });
};

/** The first that waits is settled. */
const waiting = ({ left }: Paper, on: number) =>
  (left[on] ?? []).toSorted((a, b) => (a.id < b.id ? -1 : 1))[0];

const assignedOnPaper = (paper: Paper, kind: 'stays' | 'moves', on: number): string => {
  const first = waiting(paper, on);
  if (first === undefined) return 'FACT_NOT_UNASSIGNED';
  paper.left[on] = (paper.left[on] ?? []).filter(({ id }) => id !== first.id);
  const there = paper.facts[first.on] ?? [];
  // It may have gone to somebody else before.
  if (kind === 'stays' || !there.some(({ id }) => id === first.id)) return 'done';
  paper.facts[first.on] = there.filter(({ id }) => id !== first.id);
  const id = uuidFrom('moved', first.category, first.id, record(on));
  paper.facts[on]?.push({ id, category: first.category, at: paper.deeds });
  return 'done';
};

/** What may be done by the paper; done there too. */
const doneOnPaper = (paper: Paper, [kind, on, to]: Deed, id: string): string => {
  const { into, dead, facts } = paper;
  paper.deeds += 1;
  if (kind === 'undo') {
    if (into[on] === undefined) return 'PATIENT_NOT_MERGED';
    const with_ = together(paper, on);
    into[on] = undefined;
    leave(paper, on, with_);
    return 'done';
  }
  if (into[on] !== undefined) return 'PATIENT_MERGED';
  switch (kind) {
    case 'merge':
      if (on === to || into[to] !== undefined) return 'MERGE_SURVIVOR_INVALID';
      if (dead[on] !== dead[to]) return 'MERGE_DEATH_DIFFERS';
      into[on] = to;
      paper.since[on] = paper.deeds;
      return 'done';
    case 'die':
      dead[on] = true;
      return 'done';
    case 'live':
      if (dead[on] !== true) return 'PATIENT_NOT_DECEASED';
      dead[on] = false;
      return 'done';
    case 'agree':
    case 'warn':
      facts[on]?.push({ id, category: kind === 'agree' ? 'consent' : 'flag', at: paper.deeds });
      return 'done';
    case 'stays':
    case 'moves':
      return assignedOnPaper(paper, kind, on);
  }
};

const commandFor = (paper: Paper, [kind, on, into]: Deed, id: string) => {
  switch (kind) {
    case 'warn':
      return flag(id, record(on));
    case 'stays':
    case 'moves': {
      const { category = 'flag', id: factId = id } = waiting(paper, on) ?? {};
      const command = { type: 'AssignFact', category, factId, assignment: kind, reason };
      return onPatient(record(on), command, CLERK);
    }
    case 'merge':
      return merge(on, into);
    case 'undo':
      return undo(on);
    case 'die':
      return onPatient(record(on), { type: 'RecordDeath', source: 'reported' }, CLERK);
    case 'live':
      return onPatient(record(on), { type: 'RetractDeath', reason }, CLERK);
    case 'agree':
      return consent(id, record(on), actor('coordinator'));
  }
};

/** Everything that guards find about a record's person. */
const known = async (world: PersonsWorld, id: string) => {
  const { record: seen, ids, unassigned } = await world.personOf(id);
  const facts = await world.factsOf(id);
  const open = unassigned.map((one) => one.id);
  return { end: ids[0], ids: ids.toSorted(), dead: seen.deceased, facts, open: open.toSorted() };
};

/** On either side: theirs that may be another's, and another's that may be theirs. */
const openOn = ({ left }: Paper, theirs: readonly number[]): readonly string[] =>
  left.flatMap((facts, of) =>
    facts.filter(({ on }) => theirs.includes(of) !== theirs.includes(on)).map(({ id }) => id),
  );

const byPaper = (paper: Paper, n: number) => {
  const end = endOn(paper, n);
  const theirs = [...NORTH.keys()].filter((one) => endOn(paper, one) === end);
  return {
    end: record(end),
    ids: theirs.map(record).toSorted(),
    dead: paper.dead[end],
    facts: theirs
      .flatMap((one) => paper.facts[one] ?? [])
      .map(({ id }) => id)
      .toSorted(),
    open: openOn(paper, theirs).toSorted(),
  };
};

const deeds = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...([
        'merge',
        'merge',
        'merge',
        'undo',
        'undo',
        'die',
        'live',
        'agree',
        'warn',
        'stays',
        'moves',
      ] as const),
    ),
    north,
    north,
  ),
  { minLength: 1, maxLength: 18 },
);

describe('whatever is done to records, one thing after another', () => {
  it('a person is what the records say, and undone each has its own again', async () => {
    const history = fc.asyncProperty(deeds, async (asked) => {
      const world = await opened();
      const paper: Paper = {
        into: NORTH.map(() => undefined),
        dead: NORTH.map(() => false),
        facts: NORTH.map(() => []),
        since: NORTH.map(() => 0),
        left: NORTH.map(() => []),
        deeds: 0,
      };
      for (const [n, deed] of asked.entries()) {
        const id = uuidFrom('consent', String(n));
        const command = commandFor(paper, deed, id);
        const expected = doneOnPaper(paper, deed, id);
        expect({ deed, answer: await world.give(command) }).toEqual({ deed, answer: expected });
        await world.moves();
      }
      for (const n of NORTH.keys()) expect(await known(world, record(n))).toEqual(byPaper(paper, n));
      for (const n of NORTH.keys()) {
        await world.give(undo(n));
        doneOnPaper(paper, ['undo', n, n], '');
      }
      for (const n of NORTH.keys()) expect(await known(world, record(n))).toEqual(byPaper(paper, n));
    });
    await fc.assert(history, { numRuns: RUNS });
  });

  it('makes the same persons in every order', async () => {
    // Each into one before it: no two of them contradict each other.
    const forest = fc.tuple(...[1, 2, 3].map((n) => fc.option(fc.integer({ min: 0, max: n - 1 }))));
    const orders = fc.shuffledSubarray([1, 2, 3], { minLength: 3 });
    const partition = async (into: readonly (number | null)[], order: readonly number[]) => {
      const world = await opened();
      for (const n of order) {
        const to = into[n - 1] ?? null;
        if (to !== null) await mergesIntoEnd(world, n, to);
      }
      return survivors(world);
    };
    await fc.assert(
      fc.asyncProperty(forest, orders, orders, async (into, one, other) => {
        expect(await partition(into, one)).toEqual(await partition(into, other));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('twins in two clinics, who are alike in everything that is written down', () => {
  it('are merged by nobody who is something to one of them only', async () => {
    const world = await opened();
    const [ours, theirs] = [record(0), record(4)];
    const into = (survivorId: string) => ({ type: 'MergePatients', survivorId, reason });
    expect(await world.give(onPatient(ours, into(theirs), CLERK))).toBe('MERGE_SURVIVOR_INVALID');
    expect(await world.give(onPatient(ours, into(uuidFrom('nobody')), CLERK))).toBe('MERGE_SURVIVOR_INVALID');
    expect(await world.give(onPatient(ours, into(theirs), STRANGER))).toBe('notFound');
    expect(await world.give(consent(uuidFrom('consent'), ours, actor('coordinator')))).toBe('done');
    expect(await world.factsOf(theirs)).toEqual([]);
  });
});
