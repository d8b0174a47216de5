/** Who is told which of their lists changed, by a projection on one connection to those who listen on another. */
import { randomUUID } from 'node:crypto';
import { until } from '@fascia/testkit';
import { streamOf } from '@fascia/kernel';
import { Pool } from 'pg';
import { LiveLists } from './live-lists.js';
import {
  at,
  OF_PATIENTS,
  partyModel,
  paymentModel,
  POLICY,
  QUESTIONS,
  roomModel,
  Told,
} from './live-lists.spec-data.js';
import { INDIGESTIBLE, World } from './projection-host.spec-data.js';
import type { ProjectionHost } from './projection-host.js';
import { ReadDesk } from './read-desk.js';

let isMended = true;
const rooms = roomModel(() => isMended);
const MODELS = [rooms, partyModel, paymentModel];

let world: World;
let host: ProjectionHost;
let elsewhere: Pool;
let lists: LiveLists;
const logged: string[] = [];

const listening = (most?: number): LiveLists => {
  const rows = {
    query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
      (await elsewhere.query<T>(text, [...values])).rows,
  };
  const log = { record: () => undefined };
  const made = new LiveLists({
    pool: elsewhere,
    rows,
    desk: new ReadDesk(rows, POLICY, log, { now: () => new Date(0) }),
    questions: QUESTIONS,
    ofPatients: OF_PATIENTS,
    projection: 'care',
    log: (what) => {
      logged.push(what);
    },
    ...(most === undefined ? {} : { most }),
  });
  made.start();
  return made;
};

beforeEach(async () => {
  logged.length = 0;
  isMended = true;
  world = await World.make();
  host = world.newHost(MODELS, undefined, undefined, { isWatched: true });
  await host.start();
  elsewhere = new Pool({ connectionString: world.connectionString, application_name: 'elsewhere' });
  elsewhere.on('error', () => undefined);
  elsewhere.on('connect', (client) => client.on('error', () => undefined));
  lists = listening();
});

afterEach(async () => {
  await lists.stop();
  await elsewhere.end();
  await world.close();
});

/** An account of an organisation. */
const opened = async (organizationId: string) => {
  const stream = streamOf('calendar', randomUUID());
  await world.add(stream, 'AccountOpened', { organizationId });
  return stream;
};

/** Once they are told of a beginning, and hear. */
const watching = async (told: Told, since?: Told['at']): Promise<Told> => {
  told.watches(lists, since);
  await until(() => told.told.at(-1) !== undefined && told.at.length > 0, { message: 'to watch' });
  return told;
};

const toldOf = (told: Told, ...named: readonly string[]): Promise<boolean> =>
  until(() => named.every((one) => told.lists.includes(one)), {
    message: () => `told of ${named.join()}: ${JSON.stringify(told.told)}`,
  });

const forget = (...all: readonly Told[]): void => {
  for (const { told } of all) told.length = 0;
};

/** Nothing came, where all are told at once what is told; and what is theirs is what they hear first. */
const heardOnly = async (told: Told, organizationId: string): Promise<void> => {
  expect(told.told).toEqual([]);
  await opened(organizationId);
  await toldOf(told, 'rooms');
  expect([told.told.length, told.resyncs]).toEqual([1, 0]);
};

/** All that was stored before has been told. */
const allTold = async (): Promise<void> => {
  const last = await watching(new Told(at('last')));
  // A note of what was in the tables already lets everything be read again, and names no list: it is asked once more.
  do {
    forget(last);
    await opened('last');
    await until(() => last.told.length > 0, { message: 'what was stored before to be told' });
  } while (last.lists.length === 0);
  last.leaves();
};

describe('those who watch', () => {
  it('are told nothing at the beginning, and then which lists have rows of theirs that changed', async () => {
    const told = await watching(new Told(at('a')));
    expect(told.told.at(-1)).toEqual(told.resyncs === 0 ? [] : 'resync');
    forget(told);
    const room = await opened('a');
    await allTold();
    expect(told.lists).toEqual(['payments', 'rooms']);
    forget(told);
    await world.pay(room, 5);
    await toldOf(told, 'payments', 'rooms');
    expect(told.resyncs).toBe(0);
  });

  it('are told nothing of what is for others alone', async () => {
    const [told, stranger] = [await watching(new Told(at('a'))), await watching(new Told(at('b')))];
    forget(told, stranger);
    const room = await opened('a');
    await world.pay(room, 5);
    await toldOf(told, 'payments', 'rooms');
    await heardOnly(stranger, 'b');
  });

  it('are told of what leaves their list, and of what comes into it', async () => {
    const room = await opened('a');
    const [left, joined] = [await watching(new Told(at('a'))), await watching(new Told(at('c')))];
    await allTold();
    forget(left, joined);
    await world.add(room, 'AliasTaken', { alias: 'c' });
    await toldOf(left, 'rooms');
    // Payments that were there before are seen by whoever becomes a party.
    await toldOf(joined, 'payments', 'rooms');
  });

  it('are told of rows that are gone by what they are to their patient', async () => {
    const room = await opened('a');
    await world.pay(room, 5);
    const [told, stranger] = [
      await watching(new Told(at('a', 'therapist'))),
      await watching(new Told(at('b', 'therapist'))),
    ];
    await allTold();
    forget(told, stranger);
    await world.add(room, 'AccountClosed');
    await toldOf(told, 'payments');
    expect(stranger.told).toEqual([]);
    await world.pay(await opened('b'), 1);
    await toldOf(stranger, 'payments');
  });

  it('are told by what their role may see: one all, one a part, one nothing', async () => {
    const [all, part, nothing] = [
      await watching(new Told({ sub: 'o', role: 'operator' })),
      await watching(new Told(at('a', 'therapist'))),
      await watching(new Told(at('a', 'auditor'))),
    ];
    forget(all, part, nothing);
    const room = await opened('a');
    await world.pay(room, 5);
    await toldOf(all, 'payments', 'rooms');
    await toldOf(part, 'payments');
    expect([part.lists, nothing.told]).toEqual([['payments'], []]);
  });

  it('are told in every role that they watch in', async () => {
    const told = await watching(new Told(at('a', 'auditor'), at('b')));
    forget(told);
    await opened('b');
    await toldOf(told, 'rooms');
  });

  it('are told nothing when they have left', async () => {
    const [gone, there] = [await watching(new Told(at('a'))), await watching(new Told(at('a')))];
    gone.leaves();
    forget(gone, there);
    await opened('a');
    await toldOf(there, 'rooms');
    expect([gone.told, lists.watching]).toEqual([[], 1]);
  });
});

describe('those who were away', () => {
  it('are told what changed meanwhile, and nothing when nothing did', async () => {
    const before = await watching(new Told(at('a')));
    const room = await opened('a');
    await toldOf(before, 'rooms');
    before.leaves();
    const idle = await watching(new Told(at('a')), before.at);
    expect(idle.told).toEqual([[]]);
    await world.pay(room, 5);
    await toldOf(idle, 'payments', 'rooms');
    const back = await watching(new Told(at('a')), before.at);
    expect(back.told).toEqual([['payments', 'rooms']]);
    const stranger = await watching(new Told(at('b')), before.at);
    expect(stranger.told).toEqual([[]]);
  });

  it.each([
    ['of another history', [{ partition: 0, position: 1n, digest: 'ffff' }]],
    ['that nobody can read', []],
  ])('read everything again when they come with a place %s', async (_, since) => {
    await watching(new Told(at('a')));
    const told = await watching(new Told(at('a')), since);
    expect(told.told).toEqual(['resync']);
  });
});

describe('everything is read again', () => {
  it('when the connection broke: something may have been missed', async () => {
    const told = await watching(new Told(at('a')));
    forget(told);
    await world.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'elsewhere'",
    );
    await until(() => told.resyncs > 0, { message: 'to be told' });
    await until(
      async () => {
        await opened('a');
        return told.lists.includes('rooms');
      },
      { message: 'to hear again', everyMs: 100 },
    );
    expect(lists.resyncs).toBeGreaterThan(0);
  });

  it('when more changes at once than is kept', async () => {
    await lists.stop();
    lists = listening(3);
    const told = await watching(new Told(at('a')));
    forget(told);
    await Promise.all(Array.from({ length: 20 }, () => opened('a')));
    await until(() => told.resyncs > 0, { message: 'to be told' });
  });

  it('when a table was replaced', async () => {
    await opened('a');
    await world.settled(host);
    const told = await watching(new Told(at('a')));
    forget(told);
    expect(await world.admin(host).rebuild(rooms)).toBe(true);
    await until(() => told.resyncs > 0, { message: 'to be told' });
  });

  it('of what somebody else says on the channel nothing', async () => {
    const told = await watching(new Told(at('a')));
    forget(told);
    await world.pool.query("select pg_notify('fascia_lists', 'no note')");
    await heardOnly(told, 'a');
    expect(logged).toContain('a note about changed rows cannot be read');
  });
});

describe('what was parked', () => {
  it('is told of when it is taken again', async () => {
    isMended = false;
    const room = await opened('a');
    await world.pay(room, INDIGESTIBLE);
    await world.settled(host);
    const told = await watching(new Told(at('a')));
    await allTold();
    forget(told);
    isMended = true;
    expect(await world.admin(host).retry(rooms)).toEqual([]);
    await toldOf(told, 'rooms');
    expect(told.resyncs).toBe(0);
  });
});

describe('a batch', () => {
  it('says nothing while it is not stored', async () => {
    const told = await watching(new Told(at('a')));
    forget(told);
    const mended = await world.whileWritesFail('slice', "raise exception 'not now'");
    await opened('a');
    await until(() => world.logged.includes('projection stopped and starts again'), {
      message: 'the batch to fail',
    });
    expect(told.told).toEqual([]);
    await mended();
    await toldOf(told, 'rooms');
  });

  it('that is not watched says nothing at all', async () => {
    await host.stop();
    const told = await watching(new Told(at('a')));
    forget(told);
    const silent = world.newHost(MODELS);
    await silent.start();
    await opened('a');
    await world.settled(silent);
    await silent.stop();
    const watched = world.newHost(MODELS, undefined, undefined, { isWatched: true });
    await watched.start();
    await heardOnly(told, 'a');
  });
});
