/** A process that uses the event store, or owns the embedded server, ended by `kill -9`. Runs the built packages. */
import { EmbeddedPostgres, PostgresEventStore } from '@fascia/event-store';
import { testDatabase, until } from '@fascia/testkit';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SERVER_MS = 150_000;

const WRITER = `
  const { PostgresEventStore } = await import('@fascia/event-store');
  const { randomUUID } = await import('node:crypto');
  const store = await PostgresEventStore.open({ database: process.env.URL });
  const bytes = new TextEncoder().encode('{}');
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (;;) {
      const stream = 'referral-' + randomUUID();
      const events = [1, 2].map(() => ({ id: randomUUID(), type: 'ReferralSent', data: bytes, metadata: bytes }));
      const { kind } = await store.append({ stream, expectedVersion: 0, commandId: randomUUID(), requestDigest: '0', events });
      if (kind === 'appended') process.stdout.write(stream + '\\n');
    }
  }));
`;

const OWNER = `
  const { EmbeddedPostgres } = await import('@fascia/event-store');
  const server = new EmbeddedPostgres({ dataDir: process.env.DATA });
  await server.start();
  process.stdout.write(server.pid + '\\n');
  setInterval(() => undefined, 1_000);
`;

interface Child {
  readonly process: ChildProcess;
  /** Complete lines so far. */
  lines(): readonly string[];
}

const run = (script: string, environment: Readonly<Record<string, string>>): Child => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
  return { process: child, lines: () => text.split('\n').slice(0, -1) };
};

const killed = async ({ process: child }: Child): Promise<void> => {
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await gone;
};

it(
  'what a killed writer was told is stored, in full and without a gap',
  async () => {
    const database = await testDatabase();
    const store = await PostgresEventStore.open({ database: database.connectionString });
    const writer = run(WRITER, { URL: database.connectionString });
    await until(() => writer.lines().length > 300, {
      deadlineMs: 60_000,
      message: '300 acknowledged appends',
    });
    await killed(writer);
    for (const stream of writer.lines()) {
      expect(
        (await store.readStream(stream as `referral-${string}`, 1, 5)).map(({ version }) => version),
      ).toEqual([1, 2]);
    }
    const { position } = await store.head();
    const all = await store.readAll(0n, 10_000);
    expect(all.map((event) => event.position)).toEqual(all.map((_, index) => BigInt(index) + 1n));
    expect(all.length === 10_000 || all.at(-1)?.position === position).toBe(true);
    await store.close();
    await database.drop();
  },
  SERVER_MS,
);

it(
  'a server whose owner was killed is adopted by the next start',
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'fascia-test-'));
    chmodSync(dataDir, 0o755);
    const owner = run(OWNER, { DATA: dataDir });
    const pid = await until(() => owner.lines()[0], {
      deadlineMs: 60_000,
      message: 'the server of the first owner',
    });
    await killed(owner);
    const told: string[] = [];
    const server = new EmbeddedPostgres({ dataDir, log: (message) => told.push(message) });
    await server.start();
    expect(String(server.pid)).toBe(pid);
    expect(told.join('\n')).toContain('Adopting');
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  },
  SERVER_MS,
);
