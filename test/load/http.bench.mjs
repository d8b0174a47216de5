/**
 * Whole commands over HTTP (token, validation, access decision, decider, append to disk) against the same endpoint with
 * a door that does nothing. Both servers are processes of their own; interleaved, median of five. Asserts nothing.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import autocannon from 'autocannon';

const ROOT = join(import.meta.dirname, '..', '..');
const CONNECTIONS = [1, 16, 64];
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const [PORT, NOOP_PORT] = [4781, 4782];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const start = async (args, env, url) => {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (const deadline = Date.now() + 90_000; ;) {
    const ready = await fetch(`${url}/health/ready`).then(
      (answer) => answer.status === 200,
      () => false,
    );
    if (ready) return child;
    if (Date.now() > deadline || child.exitCode !== null) throw new Error(`${url} did not become ready`);
    await delay(100);
  }
};

const end = (child) =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });

const shoot = (url, token, body, connections) =>
  new Promise((resolve, reject) => {
    autocannon(
      {
        url,
        connections,
        duration: SECONDS,
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      },
      (error, result) => (result === undefined ? reject(error) : resolve(result)),
    );
  });

const dir = mkdtempSync(join(tmpdir(), 'fascia-bench-'));
const url = `http://127.0.0.1:${PORT}`;
const noopUrl = `http://127.0.0.1:${NOOP_PORT}`;
const fascia = await start(
  [join(ROOT, 'apps/cli/dist/main.js'), 'start', '--quiet'],
  { FASCIA_DATA_DIR: dir, FASCIA_PORT: String(PORT) },
  url,
);
let noop;
try {
  const answer = await fetch(`${url}/oidc/token`, {
    method: 'POST',
    body: 'grant_type=client_credentials',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from('coordinator-demo:demo').toString('base64')}`,
    },
  });
  const { access_token: token } = await answer.json();
  const people = await (
    await fetch(`${url}/api/v1/practitioners?name=sandoval`, {
      headers: { authorization: `Bearer ${token}` },
    })
  ).json();
  const [
    {
      id: practitionerId,
      roles: [{ organizationId }],
    },
  ] = people.items;
  const actor = { sub: 'coordinator-demo', role: 'coordinator', organizationId, practitionerId };
  noop = await start(
    [join(import.meta.dirname, 'noop-server.mjs'), `${url}/oidc`, String(NOOP_PORT), JSON.stringify(actor)],
    {},
    noopUrl,
  );
  const body = JSON.stringify({
    taskType: 'GENERAL',
    subject: { category: 'referral', id: randomUUID() },
    assignment: { organizationIds: [organizationId], roles: ['coordinator'] },
    priority: 'routine',
  });
  for (const connections of CONNECTIONS) {
    const runs = { command: [], noop: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, base] of [
        ['noop', noopUrl],
        ['command', url],
      ]) {
        const result = await shoot(`${base}/api/v1/tasks`, token, body, connections);
        if (result.non2xx > 0 || result.errors > 0)
          throw new Error(`${name}: ${result.non2xx} refused, ${result.errors} errors`);
        runs[name].push(result);
      }
    }
    const rate = (name) => median(runs[name].map((run) => run.requests.average));
    const latency = (name) =>
      ['p50', 'p97_5', 'p99']
        .map((quantile) => median(runs[name].map((run) => run.latency[quantile])))
        .join('/');
    process.stdout.write(
      `HTTP, ${String(connections).padStart(2)} connections: command ${rate('command').toFixed(0).padStart(5)}/s (p50/p97.5/p99 ${latency('command')} ms), ` +
        `no-op ${rate('noop').toFixed(0).padStart(5)}/s (${latency('noop')} ms), ratio ${(rate('command') / rate('noop')).toFixed(2)}\n`,
    );
  }
} finally {
  await Promise.all([end(fascia), ...(noop === undefined ? [] : [end(noop)])]);
  rmSync(dir, { recursive: true, force: true });
}
