#!/usr/bin/env node
// The one file that runs before anything is built: finds a Node that can run Fascia, and builds the command once.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const current = Number(process.versions.node.split('.')[0]) >= NEEDED;
const node = current ? process.execPath : own;

if (!current && !existsSync(own)) {
  console.error(
    `Fascia needs Node ${NEEDED} or later; this is ${process.version}. Install it, or run "npm ci" first: on common platforms it brings one along.`,
  );
  process.exit(1);
}

const run = (...args) => spawnSync(node, args, { cwd: process.cwd(), stdio: 'inherit' }).status ?? 1;
const main = join(root, 'apps', 'cli', 'dist', 'main.js');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

if (!existsSync(main)) {
  console.error('Building Fascia (once, some seconds) …');
  const built = run(tsc, '-b', join(root, 'apps', 'cli'));
  if (built !== 0) process.exit(built);
}

process.exit(run('--enable-source-maps', main, ...process.argv.slice(2)));
