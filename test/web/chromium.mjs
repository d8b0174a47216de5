/**
 * The browser of the specs, in a process of its own: what it unpacks, writes and keeps lies in a folder that goes with it.
 * Its parent is told the endpoint over the channel; when the channel is closed, everything ends.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';

const dir = mkdtempSync(join(tmpdir(), 'fascia-browser-'));
process.env.TMPDIR = dir;
process.env.HOME = dir;

/** The package brings the libraries that it needs where it believes to be in a function of Amazon's. */
const unpacked = async () => {
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x';
  const { default: packed } = await import('@sparticuz/chromium');
  const path = await packed.executablePath();
  // Its fonts are looked for in /tmp by name. Those of the machine stay out: pages look the same everywhere.
  const fonts = join(dir, 'fonts', 'fonts.conf');
  writeFileSync(fonts, readFileSync(fonts, 'utf8').replaceAll('/tmp/', `${dir}/`));
  return path;
};

/** Not the package's own arguments: they switch off what pages are protected by, and so what is tested here. */
const start = async () =>
  chromium.launchServer({
    executablePath: process.env.FASCIA_TEST_BROWSER ?? (await unpacked()),
    host: '127.0.0.1',
    headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-extensions'],
    env: process.env,
  });

let server;
const end = async () => {
  await server?.close();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
};
process.once('disconnect', () => void end());

try {
  server = await start();
  process.send({ endpoint: server.wsEndpoint() });
} catch (error) {
  process.send({ why: error instanceof Error ? error.message : String(error) });
}
if (!process.connected) await end();
