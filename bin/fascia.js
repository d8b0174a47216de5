#!/usr/bin/env node
// The command before anything is built: builds it once, or with --build (npm's scripts) whenever something changed, and runs it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build, isNodeCurrent, root, runHere, runOnOwnNode } from './run.js';

const main = join(root, 'apps', 'cli', 'dist', 'main.js');
const given = process.argv.slice(2);

if (!isNodeCurrent) await runOnOwnNode(fileURLToPath(import.meta.url), given);

const mustBuild = given[0] === '--build';
if (mustBuild || !existsSync(main)) {
  if (!mustBuild) console.error('Building Fascia (once, some seconds) …');
  await build(join(root, 'apps', 'cli'));
}
await runHere(main, mustBuild ? given.slice(1) : given);
