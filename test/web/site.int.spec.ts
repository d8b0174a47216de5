/** How the screens are built: once, and again when anything that they are made of is another. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

const ROOT = join(import.meta.dirname, '..', '..');
const BUILDS = 'Building the screens';
const MADE_HERE = ['dist', 'node_modules'];

let tree: string;

/** What the build reads, as it is here. */
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'fascia-site-'));
  for (const part of ['bin', 'apps/web', 'libs', 'package.json', 'package-lock.json', 'tsconfig.base.json'])
    cpSync(join(ROOT, part), join(tree, part), {
      recursive: true,
      filter: (path) => !MADE_HERE.includes(basename(path)),
    });
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
});

afterAll(() => {
  rmSync(tree, { recursive: true });
});

const builds = async (): Promise<{ readonly status: number | null; readonly said: string }> => {
  const child = spawn(process.execPath, [join(tree, 'bin', 'site.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, , [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ]);
  return { status, said };
};

const site = (...path: readonly string[]): string => join(tree, 'apps', 'web', 'dist', 'site', ...path);

const change = (file: string, made: (source: string) => string): void => {
  const path = join(tree, file);
  writeFileSync(path, made(readFileSync(path, 'utf8')));
};

const expectBuilt = async (): Promise<void> => {
  expect(await builds()).toEqual({ status: 0, said: expect.stringContaining(BUILDS) });
};

const expectNothingToDo = async (): Promise<void> => {
  expect(await builds()).toEqual({ status: 0, said: '' });
};

describe('the screens', () => {
  it('are built once, with what is sent of each file beside it', async () => {
    await expectBuilt();
    expect(readFileSync(site('index.html'), 'utf8')).toContain('nonce="__CSP_NONCE__"');
    const scripts = readdirSync(site('assets')).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const name of scripts)
      expect(gunzipSync(readFileSync(site('assets', `${name}.gz`)))).toEqual(
        readFileSync(site('assets', name)),
      );
    await expectNothingToDo();
  });

  it.each(['apps/web/index.html', 'libs/task/src/contract.ts', 'libs/clinical/src/techniques.ts'])(
    'are built again when %s is another',
    async (file) => {
      change(file, (source) => `${source}\n`);
      await expectBuilt();
      await expectNothingToDo();
    },
  );

  it('are not when something changes that is in no browser', async () => {
    change('libs/task/src/context.ts', (source) => `${source}\n`);
    await expectNothingToDo();
  });

  it('are built by the next who asks when it did not work', async () => {
    change('apps/web/src/main.tsx', (source) => `${source}\n)`);
    expect((await builds()).status).not.toBe(0);
    expect((await builds()).status).not.toBe(0);
    change('apps/web/src/main.tsx', (source) => source.slice(0, -2));
    await expectBuilt();
    await expectNothingToDo();
  });
});
