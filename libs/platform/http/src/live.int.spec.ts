/** Live streams over a real connection: who is let in, what keeps them alive, and what ends them. */
import { once } from 'node:events';
import { Socket } from 'node:net';
import { Module } from '@nestjs/common';
import { CALLER_DIRECTORY, TOKEN_VERIFIER, type CallerDirectory, type TokenVerifier } from '@fascia/access';
import type { Actor } from '@fascia/kernel';
import { createLogger, Metrics } from '@fascia/observability';
import type { PlaceInSlice, Watcher } from '@fascia/read-store';
import { EventReader, until } from '@fascia/testkit';
import { createHttpApp, type HttpApp } from './app.js';
import { Live, LIVE } from './live.js';
import type { LivePart } from './live-streams.js';
import { ACCESS_LOG } from './occasion.js';
import { encodePosition, POSITIONS } from './positions.js';

const HEARTBEAT_MS = 100;
const STOPS_WITHIN_MS = 5_000;

const PLACES: readonly PlaceInSlice[] = [
  { partition: 0, position: 7n, digest: '0123456789abcdef' },
  { partition: 1, position: 0n, digest: '' },
];
const ID = PLACES.map(encodePosition).join('.');

const PHYSICIAN: Actor = { sub: 'physician', role: 'physician', organizationId: 'practice' };
const DELEGATE: Actor = { sub: 'physician', role: 'delegate', organizationId: 'practice' };

interface Watching {
  readonly watcher: Watcher;
  readonly since: readonly PlaceInSlice[] | undefined;
}

@Module({})
class Spec {}

describe('a live stream', () => {
  let http: HttpApp;
  let url: string;
  let held: readonly Actor[];
  let expiresAt: Date;
  const watching = new Set<Watching>();
  const readers: EventReader[] = [];

  const part: LivePart = {
    heartbeatMs: HEARTBEAT_MS,
    watch: (watcher, since) => {
      const one = { watcher, since };
      watching.add(one);
      watcher.changed([], PLACES);
      return () => void watching.delete(one);
    },
  };
  const verifier: TokenVerifier = {
    verify: (token) =>
      Promise.resolve(
        token === 'good' && expiresAt > new Date()
          ? { ok: true, sub: 'physician', issuer: 'spec', expiresAt }
          : { ok: false, fault: 'expired' },
      ),
  };
  const callers: CallerDirectory = {
    rolesOf: () => Promise.resolve(held),
    isPhysicianIn: () => Promise.resolve(false),
  };

  beforeEach(async () => {
    held = [PHYSICIAN];
    expiresAt = new Date('2100-01-01T00:00:00Z');
    const provided = [
      [TOKEN_VERIFIER, verifier],
      [CALLER_DIRECTORY, callers],
      [LIVE, part],
      [POSITIONS, {}],
      [ACCESS_LOG, { record: () => undefined }],
    ] as const;
    const module = {
      module: Spec,
      controllers: [Live],
      providers: provided.map(([provide, useValue]) => ({ provide, useValue })),
    };
    http = await createHttpApp(module, {
      title: 'Fascia',
      version: '0.0.0',
      logger: createLogger({ level: 'silent' }),
      metrics: new Metrics({ ofProcess: false }),
      busyMs: 0,
    });
    url = `${await http.listen(0)}/api/v1/live`;
  });

  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.leave();
    await http.stop();
    expect(watching.size).toBe(0);
  });

  const open = async (headers: Record<string, string> = {}): Promise<EventReader> => {
    const reader = await EventReader.open(url, { authorization: 'Bearer good', ...headers });
    readers.push(reader);
    return reader;
  };

  const opened = async (headers?: Record<string, string>): Promise<EventReader> => {
    const reader = await open(headers);
    await until(() => reader.heard.length > 0, { message: 'the first event' });
    return reader;
  };

  const change = (...lists: readonly string[]): void => {
    for (const { watcher } of watching) watcher.changed(lists, PLACES);
  };

  const listsOf = ({ heard }: EventReader): unknown[] =>
    heard.flatMap(({ event, data }) => (event === 'changed' ? (data as { lists: string[] }).lists : []));

  const ended = (reader: EventReader): Promise<unknown> =>
    until(() => reader.ended, { message: 'the stream to end' });

  it('is not for everybody', async () => {
    for (const authorization of ['', 'Bearer bad'])
      expect((await EventReader.open(url, { authorization })).status).toBe(401);
    held = [];
    expect((await open()).status).toBe(403);
    expect(watching.size).toBe(0);
  });

  it('begins with nothing that changed, and says what does', async () => {
    const reader = await opened();
    expect([reader.status, Object.fromEntries(reader.headers)]).toMatchObject([
      200,
      {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      },
    ]);
    change('referrals', 'tasks');
    await until(() => reader.heard.length > 1, { message: 'to be told' });
    expect(reader.heard).toEqual([
      { event: 'changed', id: ID, data: { lists: [] } },
      { event: 'changed', id: ID, data: { lists: ['referrals', 'tasks'] } },
    ]);
    for (const { watcher } of watching) watcher.resync([]);
    await until(() => reader.heard.length > 2, { message: 'to be told' });
    expect(reader.heard.at(-1)).toEqual({ event: 'resync', id: undefined, data: {} });
  });

  it.each([
    ['where it was', ID, PLACES],
    ['nowhere, when it does not say', undefined, undefined],
    ['nowhere that is known, when it says something else', `${ID}.x`, []],
  ])('goes on from %s', async (_, id, since) => {
    await opened(id === undefined ? {} : { 'last-event-id': id });
    expect([...watching].map((one) => one.since)).toEqual([since]);
  });

  it('is watched in the role that is chosen', async () => {
    held = [PHYSICIAN, DELEGATE];
    await opened({ 'fascia-role': 'delegate' });
    expect([...watching].map(({ watcher }) => watcher.as)).toEqual([[DELEGATE]]);
  });

  it('says that it is there', async () => {
    const reader = await opened();
    await until(() => reader.beats > 2, { message: 'some heartbeats' });
    expect([reader.heard.length, reader.ended]).toEqual([1, undefined]);
  });

  it('is let go of when the client goes', async () => {
    const reader = await opened();
    expect(watching.size).toBe(1);
    reader.leave();
    await until(() => watching.size === 0, { message: 'to be let go of' });
  });

  it('ends with its token', async () => {
    expiresAt = new Date(Date.now() + 500);
    const reader = await opened();
    change('tasks');
    await until(() => listsOf(reader).includes('tasks'), { message: 'to be told while it is valid' });
    await ended(reader);
    expect([reader.ended, expiresAt <= new Date()]).toEqual(['whole', true]);
  });

  it.each<[string, () => void]>([
    ['the account is suspended', () => (held = [])],
    ['the role is another', () => (held = [DELEGATE])],
    [
      'it cannot be known who calls',
      () => (callers.rolesOf = () => Promise.reject(new Error('not to be known'))),
    ],
  ])('ends when %s, and says nothing of what changes then', async (_, happens) => {
    const { rolesOf } = callers;
    const reader = await opened();
    change('plans');
    await until(() => listsOf(reader).includes('plans'), { message: 'to be told before' });
    happens();
    change('tasks');
    await ended(reader);
    callers.rolesOf = rolesOf;
    expect(listsOf(reader)).toEqual(['plans']);
  });

  it('ends within moments when the account is suspended and nothing changes', async () => {
    const reader = await opened();
    held = [];
    await ended(reader);
    expect(reader.ended).toBe('whole');
  });

  it('ends when the service stops, which does not wait for it', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, () => opened()));
    const before = performance.now();
    await http.stop();
    expect(performance.now() - before).toBeLessThan(STOPS_WITHIN_MS);
    for (const reader of all) await ended(reader);
    expect(new Set(all.map((reader) => reader.ended))).toEqual(new Set(['whole']));
  });

  it('is cut when its client takes nothing any more', async () => {
    const socket = new Socket().connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write('GET /api/v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\n\r\n');
    socket.pause();
    await until(() => watching.size === 1, { message: 'to be watched' });
    const lists = Array.from({ length: 2_000 }, (_, n) => `a-list-with-a-long-name-${String(n)}`);
    await until(
      () => {
        change(...lists);
        return watching.size === 0;
      },
      { message: 'to be cut' },
    );
    socket.destroy();
  });

  it('is no answer that somebody waited for: its time is not measured', async () => {
    const reader = await opened();
    reader.leave();
    expect((await EventReader.open(url)).status).toBe(401);
    const text = await until(
      async () => {
        const metrics = await http.metrics.registry.metrics();
        return watching.size === 0 && metrics.includes('status="401"') && metrics;
      },
      { message: 'another request to be measured' },
    );
    expect(text).not.toContain('status="200"');
  });

  it('is for a browser: nobody has any number of them', async () => {
    await Promise.all(Array.from({ length: 20 }, () => opened()));
    expect((await open()).status).toBe(429);
    readers[0]?.leave();
    await until(() => watching.size < 20, { message: 'one to be let go of' });
    await opened();
  });

  it('is described without being one by HEAD', async () => {
    const answer = await fetch(url, { method: 'HEAD', headers: { authorization: 'Bearer good' } });
    expect([answer.status, answer.headers.get('content-type'), watching.size]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      0,
    ]);
  });
});
