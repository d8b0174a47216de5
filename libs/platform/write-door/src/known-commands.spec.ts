import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import {
  commandIn,
  NO_COMMANDS,
  packed,
  unpacked,
  withCommand,
  type KnownCommand,
  type KnownCommands,
} from './known-commands.js';

const IDS = Array.from({ length: 40 }, () => randomUUID());
const STAGES = ['open', 'closed', 'none'];

/** @param steps which command each event is of */
const noted = (steps: readonly number[]) => {
  let commands = NO_COMMANDS;
  const model = new Map<string, KnownCommand>();
  const held: { commands: KnownCommands; model: ReadonlyMap<string, KnownCommand> }[] = [];
  steps.forEach((step, index) => {
    const known = { version: index + 1, told: index, stage: STAGES[step % STAGES.length] ?? '' };
    const id = IDS[step % IDS.length] ?? '';
    commands = withCommand(commands, id, known);
    model.set(id, known);
    held.push({ commands, model: new Map(model) });
  });
  return held;
};

const anySteps = fc.array(fc.nat(1_000), { maxLength: 120 });
const says = (commands: KnownCommands) => IDS.map((id) => commandIn(commands, id));

describe('the commands of a stream', () => {
  it('are found by their ids, each with what it came to last, also by who holds an earlier state', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        for (const { commands, model } of noted(steps))
          expect(says(commands)).toEqual(IDS.map((id) => model.get(id)));
      }),
    );
  });

  it('are apart for two who go on from the same', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const before = noted(steps).at(-1)?.commands ?? NO_COMMANDS;
        const [one, other] = [randomUUID(), randomUUID()];
        const known = { version: 9_999, told: 9_998, stage: 'open' };
        const [mine, theirs] = [withCommand(before, one, known), withCommand(before, other, known)];
        expect([commandIn(mine, one), commandIn(mine, other)]).toEqual([known, undefined]);
        expect([commandIn(theirs, one), commandIn(theirs, other)]).toEqual([undefined, known]);
      }),
    );
  });

  it('are copied for nobody who reads the same event as somebody else', () => {
    const steps = Array.from({ length: 100 }, (_, step) => step);
    const before = noted(steps).at(-1)?.commands ?? NO_COMMANDS;
    const known = { version: 101, told: 101, stage: 'open' };
    const [first, second] = [withCommand(before, 'x', known), withCommand(before, 'x', known)];
    expect(second.table).toBe(first.table);
    expect(commandIn(second, 'x')).toEqual(known);
    expect(withCommand(before, 'x', { ...known, stage: 'closed' }).table).not.toBe(first.table);
  });

  it('are the same once they were written down', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const before = noted(steps).at(-1)?.commands ?? NO_COMMANDS;
        const after = unpacked(structuredClone(packed(before)));
        expect(says(after)).toEqual(says(before));
        expect(says(withCommand(after, 'x', { version: 1, told: 1, stage: 'open' }))).toEqual(says(before));
      }),
    );
  });
});
