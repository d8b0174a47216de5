/**
 * What the door remembers of a stream is what its events come to, for every decider: after whatever was asked, with the log put back
 * in between, and written down as a snapshot is.
 */
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { accessPolicy, aggregateByCategory } from '@fascia/composition';
import { streamOf, uuidFrom, type DomainEvent } from '@fascia/kernel';
import { memorySubjectKeys } from '@fascia/sealing';
import {
  appendPlain,
  copiedLog,
  decodePlain,
  FlakyStore,
  memoryStore,
  SetClock,
  THEN,
} from '@fascia/testkit';
import { Door, makeCodec, Memory, type Folds, type View } from '@fascia/write-door';
import { CARE_WORLDS } from './folds-agree.care.js';
import { RECORDS } from './folds-agree.records.js';
import { uuid, type Asked, type World } from './folds-agree.world.js';

const WORLDS: readonly World[] = [...CARE_WORLDS, ...RECORDS];
const ID = uuid(901);
const PATIENT = uuid(10);
const policy = accessPolicy();
/** What worlds are asked need not fit the contracts. */
const codec = { ...makeCodec([], memorySubjectKeys()), decode: decodePlain, knows: () => true };

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
};

const viewOf = (folds: Folds<unknown, DomainEvent>): View<unknown, DomainEvent, unknown> => ({
  folds,
  of: (state) => state,
});

class Scene {
  readonly #store = new FlakyStore(memoryStore());
  readonly #warm = this.#door();
  readonly #stream;
  #asked = 0;

  /** @param folds by which it is remembered */
  constructor(
    private readonly world: World,
    private readonly folds: Folds<unknown, DomainEvent>,
  ) {
    this.#stream = streamOf(world.category, ID);
  }

  #door(): Door {
    const noRows = (): Promise<never> => Promise.reject(new Error('no lookup is expected'));
    const parts = { store: this.#store, codec, policy, clock: new SetClock(), rowsAt: noRows };
    return new Door({ ...parts, memory: new Memory() });
  }

  remembered(): Promise<unknown> {
    return this.#warm.view(viewOf(this.folds), ID);
  }

  /** By a process that remembers nothing. */
  read(): Promise<unknown> {
    return this.#door().view(viewOf(this.world.decider), ID);
  }

  /** One of what may be asked now. @returns whether there is any */
  async ask(turn: number): Promise<boolean> {
    const [state, end] = [await this.read(), (await this.#store.readStream(this.#stream, 1, 500)).length];
    const may = this.world.asked.filter(
      (asked) =>
        (end > 0 || this.#creates(asked)) &&
        !this.world.ends.includes(asked.command.type) &&
        this.#events(asked, state).length > 0,
    );
    const asked = may[turn % may.length];
    if (asked === undefined) return false;
    this.#asked += 1;
    const events = this.#events(asked, state);
    const commandId = uuidFrom('asked', String(this.#asked), String(turn));
    const metadata = { occurredAt: asked.at ?? THEN, actor: asked.by, patientId: PATIENT, commandId };
    await appendPlain(this.#store, this.#stream, events, metadata);
    return true;
  }

  async putBack(by: number): Promise<void> {
    const { position } = await this.#store.head();
    const upTo = position > BigInt(by) ? position - BigInt(by) : 0n;
    this.#store.become(await copiedLog(this.#store, { upTo }));
  }

  #creates({ command }: Asked): boolean {
    return aggregateByCategory.get(this.world.category)?.commands[command.type]?.begins === true;
  }

  #events({ command, by, facts, at = THEN }: Asked, state: unknown): readonly DomainEvent[] {
    const decision = this.world.decider.decide(command, state, { by, at, id: ID, facts });
    return decision.ok ? decision.events : [];
  }
}

const anyTurns = fc.array(fc.nat(100_000), { maxLength: 12 });

const agrees = async (world: World, turns: readonly number[], folds: Folds<unknown, DomainEvent>) => {
  const scene = new Scene(world, folds);
  for (const turn of turns) {
    if (turn % 7 === 0) await scene.putBack(turn % 4);
    else if (!(await scene.ask(turn))) return;
    const state = await scene.read();
    expect(await scene.remembered()).toEqual(state);
    expect(deserialize(serialize(state))).toEqual(state);
  }
};

describe.each(WORLDS)('what is remembered of a $category', (world) => {
  it('is what its events come to, and no fold touches what was handed out', async () => {
    const { category, initial, stage } = world.decider;
    const evolve: typeof world.decider.evolve = (state, fact) => frozen(world.decider.evolve(state, fact));
    await fc.assert(
      fc.asyncProperty(anyTurns, (turns) =>
        agrees(world, turns, { category, initial: frozen(initial), evolve, stage }),
      ),
      { numRuns: 100 },
    );
  });
});

describe('a fold that changes what was handed out', () => {
  it('is told', async () => {
    const [world] = WORLDS;
    if (world === undefined) throw new TypeError('no world');
    const { category, stage } = world.decider;
    const evolve: typeof world.decider.evolve = (state, fact) =>
      Object.assign(state as object, world.decider.evolve(state, fact));
    const found = await fc.check(
      fc.asyncProperty(anyTurns, (turns) => agrees(world, turns, { category, initial: {}, evolve, stage })),
      { numRuns: 50, seed: 7 },
    );
    expect(found.failed).toBe(true);
  });
});
