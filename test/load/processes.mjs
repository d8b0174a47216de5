/** Processes of the product, run as they are installed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';

const mainOf = (app) => join(import.meta.dirname, '..', '..', 'apps', app, 'dist', 'main.js');

/** @returns once it is ready, what stops it */
export const startApp = async (app, env) => {
  const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', mainOf(app)], {
    env: { PATH: process.env.PATH, FASCIA_LOG: 'silent', FASCIA_PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exit = once(child, 'exit');
  const ready = await Promise.race([once(child, 'message').then(() => true), exit.then(() => false)]);
  if (!ready) throw new Error(`${app} ended before it was ready`);
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await exit;
    },
  };
};
