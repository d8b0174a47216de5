/** A process ends with whoever started it and held its channel, whenever that ended. Runs the built package. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const BUILT = new URL('../dist/index.js', import.meta.url).href;
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const started = (before: string): ChildProcess => {
  const script = `
    ${before}
    const { Stopping } = await import(${JSON.stringify(BUILT)});
    const stopping = new Stopping({ info: () => undefined, error: () => undefined });
    stopping.add({ stop: async () => process.exit(7) });
    process.send?.('listens', () => undefined);
    setInterval(() => undefined, 1_000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.push(child);
  return child;
};

describe('a process whose starter is gone', () => {
  it('stops its parts', async () => {
    const child = started('');
    const ended = once(child, 'exit');
    await once(child, 'message');
    child.disconnect();
    expect(await ended).toEqual([7, null]);
  });

  it('ends also when that was before it listened: its code was still being loaded', async () => {
    const child = started(`await new Promise((resolve) => process.once('disconnect', resolve));`);
    const ended = once(child, 'exit');
    child.disconnect();
    expect(await ended).toEqual([0, null]);
  });
});
