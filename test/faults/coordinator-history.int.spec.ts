/** What processes do when they come with a release, and when the log is another one: renamed, or put back. */
import { copiedLog, until } from '@fascia/testkit';
import { PROCESS_COMMANDS, PROCESS_INPUTS, type AnyProcess } from '@fascia/coordination';
import { beginFrom, retryParked } from '@fascia/delivery';
import { idOf, streamOf } from '@fascia/kernel';
import { CLINIC, PATIENT, SYSTEM } from '../../libs/referral/src/domain/referral.scenes.spec-data.js';
import { id, telling } from './coordinator.story.js';
import { checkpoints, World, type Checkpoints } from './coordinator.world.js';

let rows: Checkpoints;
let world: World;
beforeAll(async () => {
  rows = await checkpoints();
});
afterAll(() => rows.close());
beforeEach(async () => {
  await rows.forget();
  world = new World(rows);
});
afterEach(() => world.stop());

describe('a process that comes with a release', () => {
  const suspended = [id(810), id(811)];
  const asked = [id(820), id(821)];
  const since: AnyProcess = {
    name: 'look-after-suspensions',
    takes: ['PractitionerSuspended'],
    initial: {},
    instanceOf: ({ stream }) => ({ category: 'practitioner', id: idOf(stream) }),
    react: (event, { key }) => ({
      gives: [
        {
          category: 'task',
          id: asked[suspended.indexOf(key.id)] ?? id(899),
          command: {
            type: 'CreateTask',
            taskType: 'GENERAL',
            subject: key,
            assignment: { organizationIds: [CLINIC], roles: ['coordinator'] },
            priority: 'urgent',
            sourceEventId: event.id,
          },
        },
      ],
    }),
  };
  const suspends = (which: 0 | 1): Promise<void> =>
    world.tell(
      streamOf('practitioner', suspended[which] ?? ''),
      { by: SYSTEM, patientId: PATIENT },
      { type: 'PractitionerSuspended', data: { reason: 'Licence.' } },
    );
  const created = async (): Promise<readonly string[]> =>
    Promise.all(asked.map(async (task) => (await world.typesOf(streamOf('task', task))).join()));

  /** It was there for a while without the process; somebody was suspended. */
  const released = async (): Promise<void> => {
    await telling(world);
    world.start();
    await suspends(0);
    await world.settled();
    await world.stop();
    world.start(world.log, [since]);
    await world.settled();
    await suspends(1);
    await world.settled();
  };

  it('acts on what comes, not on what was dealt with without it', async () => {
    await released();
    expect(await created()).toEqual(['', 'CareTaskCreated']);
  });

  it('begins there as well when a follower reads from the beginning of the log', async () => {
    await released();
    await rows.query("update delivery.checkpoint set position = 0, stream = '', version = 0, digest = ''");
    await until(
      async () => (await rows.query('select 1 from delivery.checkpoint where position = 0')).length === 0,
      {
        message: 'the log to be read again',
      },
    );
    expect(await created()).toEqual(['', 'CareTaskCreated']);
  });

  it('begins there also under another name of the log, and on one that ends before', async () => {
    await released();
    world.log.become(await copiedLog(world.log, { epoch: 'promoted' }));
    await until(() => world.said.includes('the log has another name, and is the same'), {
      message: 'the name',
    });
    world.log.become(
      await copiedLog(world.log, { epoch: 'promoted', upTo: (await world.log.head()).position - 8n }),
    );
    await until(() => world.said.includes('the log is another one: it is followed from its beginning'), {
      message: 'the other log',
    });
    await world.settled();
    expect((await created())[0]).toBe('');
  });

  it('acts on older history when an operator says so', async () => {
    await released();
    const from = { follower: PROCESS_INPUTS, process: since.name };
    expect(await beginFrom(rows, world.log, { ...from, process: 'nobody', after: 0n })).toBe(
      'no such process',
    );
    expect(await beginFrom(rows, world.log, { ...from, after: 99_999n })).toBe('no such event');
    expect(await beginFrom(rows, world.log, { ...from, after: 0n })).toBe('begun');
    await until(async () => (await created())[0] === 'CareTaskCreated', {
      message: 'the first to be looked after',
      deadlineMs: 60_000,
    });
    expect(await created()).toEqual(['CareTaskCreated', 'CareTaskCreated']);
  });

  it('is not there before somebody has acted on the log: then all begin with it', async () => {
    await suspends(0);
    world.start(world.log, [since]);
    await world.settled();
    expect(await created()).toEqual(['CareTaskCreated', '']);
  });

  it('acts on nothing old where only the notes of its beginning were lost', async () => {
    await released();
    await world.stop();
    await rows.forget();
    world.start(world.log, [since, { ...since, name: 'another' }]);
    await world.settled();
    expect(await created()).toEqual(['', 'CareTaskCreated']);
  });
});

describe('a log that is another one', () => {
  /** A command that a process asked for, and that nobody has answered. */
  const asksFor = (process: string, task: string): Promise<void> =>
    world.tell(
      streamOf('process', process),
      { by: SYSTEM, patientId: PATIENT },
      {
        type: 'CommandRequested',
        data: {
          commandId: id(930),
          category: 'task',
          id: task,
          command: {
            type: 'CreateTask',
            taskType: 'GENERAL',
            subject: { category: 'practitioner', id: id(931) },
            assignment: { organizationIds: [CLINIC], roles: ['coordinator'] },
            priority: 'urgent',
            sourceEventId: id(932),
          },
        },
      },
    );
  const parked = () =>
    rows.query<{ subject: string; error: string }>('select subject, error from delivery.parked');

  it('by its name only has nothing done in it again, running or begun', async () => {
    await telling(world);
    world.start();
    await world.settled();
    const before = (await world.log.head()).position;
    for (const epoch of ['promoted', 'promoted again']) {
      world.said.splice(0);
      world.log.become(await copiedLog(world.log, { epoch }));
      await until(
        () => world.said.filter((what) => what === 'the log has another name, and is the same').length === 2,
        {
          message: 'both followers to notice',
        },
      );
      await world.settled();
      await world.stop();
      world.start();
      await world.settled();
      expect((await world.log.head()).position).toBe(before);
    }
    expect(world.said).not.toContain('the log is another one: it is followed from its beginning');
    expect(world.said).not.toContain('a process command was refused');
  });

  it('has no command carried out whose outcome may have been lost; an operator may say that it is', async () => {
    await telling(world);
    world.start();
    await world.settled();
    await world.stop();
    await asksFor(id(940), id(941));
    const kept = (await world.log.head()).position;
    world.start();
    await world.settled();
    expect(await world.typesOf(streamOf('task', id(941)))).toEqual(['CareTaskCreated']);
    const before = await world.picture();
    world.log.become(await copiedLog(world.log, { epoch: (await world.log.head()).epoch, upTo: kept }));
    await until(async () => (await parked()).length > 0, {
      message: 'the command to wait',
      deadlineMs: 60_000,
    });
    await world.settled();
    expect(await parked()).toEqual([{ subject: `process-${id(940)}`, error: 'PerhapsDecided' }]);
    expect(await world.typesOf(streamOf('task', id(941)))).toEqual([]);
    // No trying again tells more: it waits at once, and the others are not held up.
    expect(world.said.filter((what) => what === 'follower stopped and starts again').length).toBeLessThan(4);
    await retryParked(rows);
    await until(async () => (await parked()).length === 0, {
      message: 'it to be tried again',
      deadlineMs: 60_000,
    });
    expect(await world.picture()).toEqual(before);
  });

  it('nor by who only asked for something else, parked before, to be tried again', async () => {
    await telling(world);
    world.start();
    await world.settled();
    await world.stop();
    await asksFor(id(940), id(941));
    const kept = (await world.log.head()).position;
    world.start();
    await world.settled();
    await rows.query(
      `insert into delivery.parked (follower, subject, position, held, error) values ($1, $2, $3, $3, 'TypeError')`,
      [PROCESS_COMMANDS, `process-${id(940)}`, kept.toString()],
    );
    world.log.become(await copiedLog(world.log, { epoch: (await world.log.head()).epoch, upTo: kept }));
    await until(
      async () => (await rows.query('select 1 from delivery.parked where position = 1')).length === 1,
      { message: 'its follower to begin anew' },
    );
    await world.settled();
    expect(await parked()).toMatchObject([{ error: 'TypeError' }]);
    await retryParked(rows);
    await until(async () => (await parked())[0]?.error !== 'TypeError', {
      message: 'it to be tried again',
      deadlineMs: 60_000,
    });
    expect(await parked()).toMatchObject([{ error: 'PerhapsDecided' }]);
    expect(await world.typesOf(streamOf('task', id(941)))).toEqual([]);
    await retryParked(rows);
    await until(async () => (await parked()).length === 0, {
      message: 'it to be tried once more',
      deadlineMs: 60_000,
    });
    expect(await world.typesOf(streamOf('task', id(941)))).toEqual(['CareTaskCreated']);
  });

  it('nor where only what is known of the followers was lost', async () => {
    await telling(world);
    world.start();
    await world.settled();
    await world.stop();
    await rows.forget();
    await asksFor(id(940), id(941));
    world.start();
    await until(async () => (await parked()).length > 0, {
      message: 'the command to wait',
      deadlineMs: 60_000,
    });
    expect(await world.typesOf(streamOf('task', id(941)))).toEqual([]);
  });
});
