/**
 * Lints the fixtures as if their text stood in the file that they name; prints JSON for lint.spec.ts.
 * A process of its own: ESLint and the compiler do not live in Jest's modules.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ESLint } from 'eslint';

const root = join(import.meta.dirname, '..', '..');
const folder = join(import.meta.dirname, 'fixtures', 'lint');

// The boundary rule says nothing without the graph of projects.
execFileSync(join(root, 'node_modules', '.bin', 'nx'), ['show', 'projects'], {
  cwd: root,
  env: { ...process.env, NX_DAEMON: 'false' },
  stdio: 'ignore',
});

const eslint = new ESLint({
  cwd: root,
  // The text differs from the file it pretends to be: the compiler must take the text.
  overrideConfig: { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } },
});

const header = (text, key) => new RegExp(`^// ${key}: (.*)$`, 'm').exec(text)?.[1];

const lint = async (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const lines = Number(header(text, 'lines') ?? 0);
  const padded =
    lines === 0
      ? text
      : `${text.trimEnd()}\n${'// more\n'.repeat(Math.max(0, lines - text.trimEnd().split('\n').length))}`;
  const [result] = await eslint.lintText(padded, { filePath: join(root, header(text, 'as')) });
  const found = result.messages.map(({ ruleId, message }) => ({
    rule: ruleId ?? 'unused-directive',
    message,
  }));
  return {
    name: name.replace('.ts.txt', ''),
    rule: header(text, 'breaks'),
    says: header(text, 'says') ?? '',
    found,
  };
};

const results = [];
for (const name of readdirSync(folder).sort()) results.push(await lint(name));

const config = async (path) =>
  (await eslint.calculateConfigForFile(join(root, path))).rules['@nx/enforce-module-boundaries'][1]
    .depConstraints;
process.stdout.write(JSON.stringify({ results, table: await config('libs/kernel/src/ids.ts') }));
