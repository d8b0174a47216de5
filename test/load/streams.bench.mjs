/**
 * Commands on a stream of 100 000 events beside the same on one of 100, by a process that was at work on them and by one that begins;
 * and 200 callers at once on one stream beside one caller after another.
 */
import { aggregateByCategory, writeSide } from '@fascia/composition';
import { digestOf, eventIdFrom } from '@fascia/kernel';
import { Memory } from '@fascia/write-door';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { count, foundationOn, interleaved, median, ROUNDS, say, withPostgres } from './tools.mjs';

const [SHORT, LONG] = [100, Number(process.env.BENCH_EVENTS ?? 100_000)];
const CALLERS = Number(process.env.BENCH_CALLERS ?? 200);
const EACH = 20;
const PAGE = 1_000;

const organizationId = randomUUID();
const by = { sub: 'coordinator', role: 'coordinator', organizationId, practitionerId: randomUUID() };
const aggregate = aggregateByCategory.get('task');

const creation = {
  type: 'CreateTask',
  taskType: 'GENERAL',
  subject: { category: 'referral', id: randomUUID() },
  assignment: { organizationIds: [organizationId], roles: ['coordinator'] },
  priority: 'routine',
};
/** Each time to somebody else beside: it always changes something. */
const reassignment = () => ({
  type: 'ReassignTask',
  organizationIds: [organizationId, randomUUID()],
  roles: ['coordinator'],
});

const ask = (door, id, command) => {
  const commandId = randomUUID();
  return door.handle(aggregate, {
    id,
    by,
    command,
    commandId,
    correlationId: commandId,
    causationId: commandId,
  });
};

const asked = async (door, id, command) => {
  const outcome = await ask(door, id, command);
  if (outcome.kind !== 'done')
    throw new Error(`${command.type} was answered ${outcome.refusal?.code ?? outcome.kind}`);
};

/** A task that was passed on so often that its stream has this many events; what was asked for is decided only the first two times. */
const taskOf = async ({ store, codec }, door, events) => {
  const id = randomUUID();
  await asked(door, id, creation);
  await asked(door, id, reassignment());
  const stream = `task-${id}`;
  const [, sample] = await store.readStream(stream, 1, 2);
  const { type, data, actor, requestDigest, occurredAt } = await codec.decode(sample);
  let last = sample.id;
  for (let from = 3; from <= events; from += PAGE) {
    const page = await Promise.all(
      Array.from({ length: Math.min(PAGE, events - from + 1) }, async (_, n) => {
        const commandId = randomUUID();
        const ids = { commandId, correlationId: commandId, causationId: commandId };
        const encoded = await codec.encode({
          stream,
          version: from + n,
          id: eventIdFrom(commandId, 0),
          event: { type, data },
          metadata: { occurredAt, actor, requestDigest, ...ids },
        });
        const digest = digestOf(encoded.data, encoded.metadata).toString('hex');
        return {
          ...encoded,
          stream,
          version: from + n,
          commandId,
          requestDigest,
          recordedAt: sample.recordedAt,
          digest,
        };
      }),
    );
    await store.copyIn(page, last);
    last = page.at(-1).id;
  }
  return id;
};

/** Milliseconds a command, one after another. */
const oneByOne = async (door, id, commands) => {
  const start = performance.now();
  for (let n = 0; n < commands; n += 1) await asked(door, id, reassignment());
  return (performance.now() - start) / commands;
};

const answersOf = async (door, id) => {
  const told = { done: 0, later: 0, other: 0 };
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CALLERS }, () =>
      ask(door, id, reassignment()).then(
        ({ kind }) => (told[kind === 'done' ? 'done' : 'other'] += 1),
        (error) => (told[error.name === 'Crowded' ? 'later' : 'other'] += 1),
      ),
    ),
  );
  return { ms: (performance.now() - start) / CALLERS, ...told };
};

await withPostgres(async ({ dir, database }) => {
  const foundation = await foundationOn(await database('streams'), { dir });
  const doorWith = (memory) =>
    writeSide({ ...foundation, memory }, { waitFor: () => Promise.resolve(true) }).door;
  const { memory, settings } = foundation;
  const beginning = (snapshots) => doorWith(new Memory(settings.memory, snapshots));
  const warm = doorWith(memory);
  const [short, long, crowded] = [
    await taskOf(foundation, warm, SHORT),
    await taskOf(foundation, warm, LONG),
    await taskOf(foundation, warm, SHORT),
  ];
  // Read once, so that there is a snapshot, as there is of any stream that grew by commands.
  await Promise.all([short, long, crowded].map((id) => oneByOne(warm, id, EACH)));
  await memory.settled();

  const results = await interleaved(
    ROUNDS,
    () => oneByOne(warm, short, EACH),
    () => oneByOne(warm, long, EACH),
    () => oneByOne(beginning(memory.snapshots), short, 1),
    () => oneByOne(beginning(memory.snapshots), long, 1),
    () => oneByOne(beginning(undefined), long, 1),
    () => oneByOne(warm, crowded, CALLERS),
    () => answersOf(warm, crowded),
  );
  const crowds = results.pop();
  const [warmShort, warmLong, coldShort, coldLong, readWhole, alone] = results.map(median);
  const together = median(crowds.map(({ ms }) => ms));
  const row = (what, ms, peer) => ({
    '': what,
    'ms a command': ms.toFixed(2),
    ratio: `${(ms / peer).toFixed(2)} x`,
  });
  const longText = count(LONG);
  console.table([
    row(`warm, ${count(SHORT)} events`, warmShort, warmShort),
    row(`warm, ${longText} events`, warmLong, warmShort),
    row(`the first command of a process, ${count(SHORT)} events`, coldShort, coldShort),
    row(`the first command of a process, ${longText} events, by a snapshot`, coldLong, coldShort),
    row(`the first command of a process, ${longText} events, read whole`, readWhole, coldShort),
    row('one caller after another', alone, alone),
    row(`${count(CALLERS)} callers at once`, together, alone),
  ]);
  const all = (kind) => crowds.reduce((sum, crowd) => sum + crowd[kind], 0);
  say(
    `Of ${count(ROUNDS * CALLERS)} commands of crowds ${count(all('done'))} were done, ${count(all('later'))} told to try again, ${count(all('other'))} answered otherwise.`,
  );
  await foundation.stop();
});
