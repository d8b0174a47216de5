/**
 * Whole commands over HTTP (token, validation, access decision, decider, append to disk) against an endpoint that does
 * nothing and never changes (`noop-server.mjs`), and with `--against <commit>` beside the same product as it was then.
 * All servers are processes of their own; they take turns under the same load. Asserts nothing.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import autocannon from 'autocannon';
import { withCommit } from './other-commit.mjs';
import { interleaved, median, ROUNDS, say } from './tools.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const CONNECTIONS = [1, 16, 64];
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const PORTS = { 'no-op': 4781, now: 4782, then: 4783 };

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
    if (child.exitCode !== null) resolve();
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });

const bodyFor = (organizationId) =>
  JSON.stringify({
    taskType: 'GENERAL',
    subject: { category: 'referral', id: randomUUID() },
    assignment: { organizationIds: [organizationId], roles: ['coordinator'] },
    priority: 'routine',
  });

/** What is asked of a product: its coordinator's token, and a body for the coordinator's organisation. */
const asked = async (url) => {
  const answer = await fetch(`${url}/oidc/token`, {
    method: 'POST',
    body: 'grant_type=client_credentials',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from('coordinator-demo:demo').toString('base64')}`,
    },
  });
  const { access_token: token } = await answer.json();
  const headers = { authorization: `Bearer ${token}` };
  const people = await (await fetch(`${url}/api/v1/practitioners?name=sandoval`, { headers })).json();
  return { token, body: bodyFor(people.items[0].roles[0].organizationId) };
};

const shoot = async ({ name, url, token, body }, connections) => {
  const result = await autocannon({
    url: `${url}/api/v1/tasks`,
    connections,
    duration: SECONDS,
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${name}: ${result.non2xx} refused, ${result.errors} errors`);
  return result;
};

/** Starts what is wanted, one after the other, and stops it whatever happens. @param trees name of a product to its folder */
const withServers = async (trees, work) => {
  const dir = mkdtempSync(join(tmpdir(), 'fascia-bench-'));
  const running = [];
  try {
    const products = [];
    for (const [name, tree] of Object.entries(trees)) {
      const url = `http://127.0.0.1:${PORTS[name]}`;
      const env = { FASCIA_DATA_DIR: join(dir, name), FASCIA_PORT: String(PORTS[name]) };
      running.push(await start([join(tree, 'apps/cli/dist/main.js'), 'start', '--quiet'], env, url));
      products.push({ name, url, ...(await asked(url)) });
    }
    const url = `http://127.0.0.1:${PORTS['no-op']}`;
    running.push(
      await start([join(import.meta.dirname, 'noop-server.mjs'), String(PORTS['no-op'])], {}, url),
    );
    // The same headers and the same body, token and all: reading them is the framework's part of the work.
    return await work([{ ...products[0], name: 'no-op', url }, ...products]);
  } finally {
    await Promise.all(running.map(end));
    rmSync(dir, { recursive: true, force: true });
  }
};

const compare = (trees) =>
  withServers(trees, async (servers) => {
    // Not counted: what is compiled and filled at first use.
    await interleaved(1, ...servers.map((server) => () => shoot(server, 16)));
    for (const connections of CONNECTIONS) {
      const results = await interleaved(ROUNDS, ...servers.map((server) => () => shoot(server, connections)));
      const rates = results.map((runs) => median(runs.map((run) => run.requests.average)));
      const latency = (runs) =>
        ['p50', 'p97_5', 'p99'].map((quantile) => median(runs.map((run) => run.latency[quantile]))).join('/');
      say(`HTTP, ${connections} connections (p50/p97.5/p99 in ms):`);
      servers.forEach(({ name }, index) => {
        const ratio = index === 0 ? '' : `, ${(rates[index] / rates[0]).toFixed(3)} of the no-op`;
        const rate = rates[index].toFixed(0).padStart(6);
        say(`  ${name.padEnd(6)}${rate}/s (${latency(results[index])})${ratio}`);
      });
      if (rates.length > 2) say(`  now is ${(rates[1] / rates[2]).toFixed(3)} of then`);
    }
  });

const ref = process.env.BENCH_AGAINST;
if (ref === undefined) await compare({ now: ROOT });
else
  await withCommit(ref, (tree, commit) => {
    say(`then is ${commit}`);
    return compare({ now: ROOT, then: tree });
  });
