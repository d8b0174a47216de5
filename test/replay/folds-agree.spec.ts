/**
 * Every fold of a read model says of a thing what its decider's state says, after whatever was asked of it: a list must not show
 * what a rule does not know, nor the other way round.
 */
import fc from 'fast-check';
import { aggregateByCategory, careModels } from '@fascia/composition';
import { streamOf, type DomainEvent, type Envelope } from '@fascia/kernel';
import { groupsOf, type ReadModel, type Row } from '@fascia/read-store';
import { past, THEN } from '@fascia/testkit';
import { CARE_WORLDS } from './folds-agree.care.js';
import { RECORDS } from './folds-agree.records.js';
import type { Asked, Beside, World } from './folds-agree.world.js';

const WORLDS: readonly World[] = [...CARE_WORLDS, ...RECORDS];

const ID = '00000000-0000-4000-8000-00000000c001';
const LONGEST = 30;
const RUNS = 200;

interface Standing {
  readonly state: unknown;
  readonly row: Row | undefined;
  /** Of each model beside, its rows. */
  readonly beside: readonly (readonly Row[])[];
  readonly version: number;
}

const envelope = (
  { category }: World,
  event: DomainEvent,
  { by, at = THEN }: Asked,
  version: number,
): Envelope => ({
  ...event,
  stream: streamOf(category, ID),
  version,
  position: BigInt(version),
  id: `${ID}-${String(version)}`,
  occurredAt: at,
  recordedAt: at,
  actor: by,
  patientId: '00000000-0000-4000-8000-000000000010',
  correlationId: ID,
  causationId: ID,
  commandId: ID,
  requestDigest: '',
  schemaVersion: 1,
});

const decided = ({ decider }: World, { state }: Standing, { command, by, facts, at = THEN }: Asked) =>
  decider.decide(command, state, { by, at, id: ID, facts });

const besidesOf = ({ beside = [] }: World): readonly Beside[] => beside;

/** Rows that stand together, or each for itself. */
const foldedBy = (model: ReadModel, rows: readonly Row[], event: Envelope): readonly Row[] => {
  if (!model.takes.includes(event.type)) return rows;
  const groups = groupsOf(model);
  if ('group' in model) return groups.fold(rows, event, event.stream);
  const touched = groups.of(event);
  return [
    ...rows.filter(({ id }) => !touched.includes(id)),
    ...touched.flatMap((id) =>
      groups.fold(
        rows.filter((row) => row.id === id),
        event,
        id,
      ),
    ),
  ];
};

const after = (world: World, before: Standing, asked: Asked, model: ReadModel): Standing => {
  const decision = decided(world, before, asked);
  if (!decision.ok) return before;
  return decision.events.reduce((standing: Standing, event) => {
    const version = standing.version + 1;
    const stored = envelope(world, event, asked, version);
    const { row } = standing;
    return {
      version,
      state: world.decider.evolve(standing.state, past(event, asked.by, asked.at ?? THEN)),
      row: model.takes.includes(event.type)
        ? groupsOf(model).fold(row === undefined ? [] : [row], stored, ID)[0]
        : row,
      beside: besidesOf(world).map(({ model: other }, index) =>
        foldedBy(other, standing.beside[index] ?? [], stored),
      ),
    };
  }, before);
};

const creates = ({ category }: World, { command }: Asked): boolean =>
  aggregateByCategory.get(category)?.commands[command.type]?.begins === true;

interface Played {
  readonly model?: ReadModel;
  readonly seen?: Seen;
}

/** How often what was asked after which two, over all plays. */
type Seen = Map<string, number>;

/** Those that were asked least often after the last two: what differs only after a detour is come by as well. */
const seldomest = (types: readonly string[], told: readonly string[], seen: Seen): readonly string[] => {
  const times = (type: string): number => seen.get([...told.slice(-2), type].join(' ')) ?? 0;
  const least = Math.min(...types.map(times));
  return types.filter((type) => times(type) === least);
};

/**
 * Of what may be asked at each turn, one is.
 *
 * @param seen - of the plays before: what was asked least often is asked first; without it, anything
 * @returns what was asked, and, where they differ, what both said
 */
const play = (world: World, turns: readonly number[], { model = world.model, seen }: Played = {}) => {
  let standing: Standing = { state: world.decider.initial, row: undefined, beside: [], version: 0 };
  const besides = besidesOf(world);
  const told: string[] = [];
  for (const turn of turns) {
    const open = world.asked.filter((asked) => {
      // As the door has it: any other command on what does not exist is not found.
      if (standing.version === 0 && !creates(world, asked)) return false;
      const decision = decided(world, standing, asked);
      return decision.ok && decision.events.length > 0;
    });
    const types = [...new Set(open.map(({ command }) => command.type))].filter(
      (one, _index, all) =>
        Math.floor(turn / 7) % 4 === 0 ||
        !world.ends.includes(one) ||
        all.every((other) => world.ends.includes(other)),
    );
    const drawn = seen === undefined ? types : seldomest(types, told, seen);
    const type = drawn[turn % drawn.length];
    const ways = open.filter(({ command }) => command.type === type);
    const asked = ways[Math.floor(turn / 100) % ways.length];
    if (asked === undefined) break;
    standing = after(world, standing, asked, model);
    const { type: now } = asked.command;
    const way = [...told.slice(-2), now].join(' ');
    seen?.set(way, (seen.get(way) ?? 0) + 1);
    told.push(now);
    const { state, row, beside } = standing;
    const says =
      world.gone?.(state) === true
        ? undefined
        : besides.reduce((said, one) => ({ ...said, ...one.state(state) }), world.state(state));
    const shows =
      row &&
      besides.reduce((said, one, index) => ({ ...said, ...one.rows(beside[index] ?? []) }), world.row(row));
    if (JSON.stringify(says) !== JSON.stringify(shows)) return { told, says, shows };
  }
  return { told };
};

// Of the largest size: what comes of a pause within a pause is seen after many turns only.
const anyTurns = fc.array(fc.nat(1_000_000), { maxLength: LONGEST, size: 'max' });
const manyTurns = fc.array(fc.nat(1_000_000), { minLength: LONGEST, maxLength: LONGEST });

describe.each(WORLDS)('the rows of a $category', (world) => {
  it('say what its state says, whatever was asked of it', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const { told, says, shows } = play(world, turns);
        expect({ told, row: shows }).toEqual({ told, row: says });
      }),
      { numRuns: RUNS },
    );
  });

  it('say it after every command that there is, and after any three of them', () => {
    const played = new Set<string>();
    const seen: Seen = new Map();
    fc.assert(
      fc.property(manyTurns, (turns) => {
        const { told, says, shows } = play(world, turns, { seen });
        for (const type of told) played.add(type);
        expect({ told, row: shows }).toEqual({ told, row: says });
      }),
      { numRuns: RUNS * 2, seed: 7, endOnFailure: true },
    );
    const declared = Object.keys(aggregateByCategory.get(world.category)?.commands ?? {});
    expect(declared.filter((type) => !played.has(type))).toEqual([]);
  });
});

describe('models that are held against no state', () => {
  it('are those that list what happened, event by event', () => {
    const held = new Set(
      WORLDS.flatMap((world) => [world.model.name, ...besidesOf(world).map(({ model }) => model.name)]),
    );
    const left = careModels.map(({ name }) => name).filter((name) => !held.has(name));
    expect(left).toEqual(['referral_thread', 'patient_timeline']);
  });
});

describe('a fold that forgets', () => {
  it.each(WORLDS.filter(({ category }) => ['referral', 'task'].includes(category)))(
    'the last event of a $category is told',
    (world) => {
      const forgetting: ReadModel = {
        ...world.model,
        takes: world.model.takes.filter((type) => type !== 'ReferralReleased' && type !== 'CareTaskReleased'),
      };
      const found = fc.check(
        fc.property(anyTurns, (turns) => play(world, turns, { model: forgetting }).says === undefined),
        { numRuns: RUNS * 2, seed: 7 },
      );
      expect(found.failed).toBe(true);
    },
  );
});
