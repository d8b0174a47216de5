import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { AlreadyRunning, lockInstance } from './instance-lock.js';
import { isAlive, startOf } from './os-process.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fascia-lock-'));
  path = join(folder, 'fascia.lock');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The id of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('the lock of an instance', () => {
  it('refuses a second owner in a sentence that names the first', () => {
    lockInstance(path, folder);
    expect(() => lockInstance(path, folder)).toThrow(AlreadyRunning);
    expect(() => lockInstance(path, folder)).toThrow(new RegExp(`process ${process.pid}`));
  });

  it('is free again once released', () => {
    lockInstance(path, folder)();
    expect(existsSync(path)).toBe(false);
    expect(() => lockInstance(path, folder)).not.toThrow();
  });

  it.each([
    ['a process that has ended', () => JSON.stringify({ pid: deadPid(), start: 'boot:1' })],
    [
      'an earlier process whose id is in use again',
      () => JSON.stringify({ pid: process.pid, start: `${startOf(process.pid)}0` }),
    ],
    ['nobody: the file is damaged', () => '{"pid":'],
  ])('is taken over from %s', (_, content) => {
    writeFileSync(path, content());
    const release = lockInstance(path, folder);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    release();
  });

  it('leaves a lock alone that somebody else took over meanwhile', () => {
    const release = lockInstance(path, folder);
    writeFileSync(path, '{"pid":1,"start":"x"}');
    release();
    expect(existsSync(path)).toBe(true);
  });
});

describe('asking for a process', () => {
  it('tells the living from the dead, and one start from another', () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(deadPid())).toBe(false);
    expect(startOf(process.pid)).toBe(startOf(process.pid));
    expect(startOf(process.pid)).not.toBe(startOf(process.ppid));
  });
});
