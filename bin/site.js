#!/usr/bin/env node
// The screens, built when anything that they are made of is other than what was built; a twentieth of a second otherwise.
import { createHash } from 'node:crypto';
// As a whole: an older Node, which is replaced below, has no globSync to import.
import fs from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { isNodeCurrent, root, runOnOwnNode } from './run.js';

/** What is in the site: the screens themselves, of contexts the contracts, and of others' packages the versions. */
const SOURCES = [
  'apps/web/{index.html,vite.config.mjs,package.json}',
  'apps/web/{src,public}/**/*.*',
  'libs/{kernel,clinical}/src/**/*.ts',
  'libs/*/src/contract{.ts,/**/*.ts}',
  'libs/*/package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

const web = join(root, 'apps', 'web');
const page = join(web, 'dist', 'site', 'index.html');
/** Beside the site: nothing but the site is served. */
const builtOf = join(web, 'dist', 'site.sha256');

const digestOfSources = () => {
  const digest = createHash('sha256');
  for (const file of fs
    .globSync(SOURCES, { cwd: root, exclude: ['**/*.spec.ts', '**/*.spec-data.ts'] })
    .toSorted())
    digest
      .update(file)
      .update('\0')
      .update(fs.readFileSync(join(root, file)))
      .update('\0');
  return digest.digest('hex');
};

if (!isNodeCurrent) await runOnOwnNode(fileURLToPath(import.meta.url), []);
const digest = digestOfSources();
if (!fs.existsSync(page) || !fs.existsSync(builtOf) || fs.readFileSync(builtOf, 'utf8') !== digest) {
  process.stdout.write('Building the screens …\n');
  // Half a site is none: what is broken off here is built by the next who asks.
  fs.rmSync(builtOf, { force: true });
  const { build } = await import('vite');
  await build({ configFile: join(web, 'vite.config.mjs') });
  fs.writeFileSync(builtOf, digest);
}
