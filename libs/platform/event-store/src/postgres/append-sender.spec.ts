/** What callers are told of a batch, by what its attempts met. */
import { EventEmitter } from 'node:events';
import { OutcomeUnknown, StoreUnavailable, type AppendRequest } from '@fascia/kernel';
import { DatabaseError, type Pool } from 'pg';
import { AppendSender } from './append-sender.js';

const refused = (code: string): DatabaseError =>
  Object.assign(new DatabaseError('refused', 7, 'error'), { code });
const LOST = new Error('Connection terminated unexpectedly');
const READ_ONLY = refused('25006');

const REQUEST: AppendRequest = {
  stream: 'calendar-1',
  expectedVersion: 0,
  commandId: '5f0c7c9e-5b8e-4d52-9a43-0d7d3c4f4a11',
  requestDigest: '',
  events: [],
};

/** @param attempts what each meets, the last one again and again */
const told = async (attempts: readonly Error[], retryMs = 200) => {
  let at = 0;
  const thrownAway: boolean[] = [];
  const pool = {
    connect: () =>
      Promise.resolve(
        Object.assign(new EventEmitter(), {
          query: () => Promise.reject(attempts[Math.min(at++, attempts.length - 1)] ?? LOST),
          release: (broken: boolean) => thrownAway.push(broken),
        }),
      ),
  };
  const sender = new AppendSender(pool as unknown as Pool, { retryMs });
  const error = await sender.send([REQUEST]).catch((thrown: unknown) => thrown);
  return { error, thrownAway };
};

it('says that nothing was stored where the first attempt was refused', async () => {
  expect((await told([READ_ONLY])).error).toBeInstanceOf(StoreUnavailable);
  expect((await told([refused('55P03')])).error).toBeInstanceOf(StoreUnavailable);
});

it('does not say so of a later attempt: what broke off before it may have been stored', async () => {
  expect((await told([LOST])).error).toBeInstanceOf(OutcomeUnknown);
  expect((await told([LOST, READ_ONLY])).error).toBeInstanceOf(OutcomeUnknown);
  expect((await told([LOST, refused('55P03')])).error).toBeInstanceOf(OutcomeUnknown);
});

it('throws a connection away that is broken, or leads to a server that only reads', async () => {
  expect((await told([LOST, READ_ONLY], 0)).thrownAway).toEqual([true]);
  expect((await told([READ_ONLY])).thrownAway).toEqual([true]);
  expect((await told([refused('55P03')])).thrownAway).toEqual([false]);
});
