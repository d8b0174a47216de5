/** The product of another commit, built beside this one. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const ROOT = join(import.meta.dirname, '..', '..');

/**
 * Clones this repository, installs what that commit's lock file names and compiles it; a minute or two.
 * @param ref anything that git takes for a commit
 * @param work gets its folder, which is gone afterwards, and its short name
 */
export const withCommit = async (ref, work) => {
  const git = (...args) => execFileSync('git', ['-C', ROOT, ...args], { encoding: 'utf8' }).trim();
  const commit = git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`);
  const dir = mkdtempSync(join(tmpdir(), 'fascia-bench-commit-'));
  try {
    const run = (program, ...args) =>
      execFileSync(program, args, { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
    git('clone', '--quiet', '--shared', '--no-checkout', ROOT, dir);
    run('git', 'checkout', '--quiet', '--detach', commit);
    run('npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
    run(process.execPath, 'node_modules/typescript/bin/tsc', '-b', 'apps/cli');
    return await work(dir, commit.slice(0, 7));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};
