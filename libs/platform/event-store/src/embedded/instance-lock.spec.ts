import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AlreadyRunning, lockInstance } from './instance-lock.js';
import { isAlive, startOf } from './os-process.js';

let folder: string;
let told: string;
const held: (() => void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fascia-lock-'));
  told = join(folder, 'instance.json');
});

afterEach(() => {
  for (const release of held.splice(0)) release();
  rmSync(folder, { recursive: true, force: true });
});

const lock = (address?: string): void => {
  held.push(lockInstance(folder, address));
};

/** Another start that is in the midst of locking: it reads the lock's file, and lets go of it after a while. */
const IN_THE_WAY = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const other = new DatabaseSync(workerData);
  other.exec('begin; select * from sqlite_master');
  parentPort.postMessage('reads');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  other.close();
`;

/** The id of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('the lock of an instance', () => {
  it('refuses a second owner in a sentence that names the first', () => {
    lock('127.0.0.1:4600');
    expect(() => lockInstance(folder)).toThrow(AlreadyRunning);
    expect(() => lockInstance(folder)).toThrow(
      new RegExp(`process ${process.pid} on .*127\\.0\\.0\\.1:4600`),
    );
  });

  it('is free again once released', () => {
    lockInstance(folder)();
    expect(existsSync(told)).toBe(false);
    expect(() => lock()).not.toThrow();
  });

  it('is won by one of two that take it at once', async () => {
    const other = new Worker(IN_THE_WAY, { eval: true, workerData: join(folder, 'instance.lock') });
    await once(other, 'message');
    expect(() => lock()).not.toThrow();
    await other.terminate();
  });

  it.each([
    ['a dead process of this machine', () => JSON.stringify({ pid: deadPid(), host: 'elsewhere' })],
    ['a living one: its id is in use again', () => JSON.stringify({ pid: process.ppid, host: 'here' })],
    ['nobody: it is damaged', () => '{"pid":'],
  ])('is what the kernel says, whatever the file names: %s', (_, content) => {
    writeFileSync(told, content());
    lock();
    expect(JSON.parse(readFileSync(told, 'utf8'))).toMatchObject({ pid: process.pid });
    writeFileSync(told, content());
    expect(() => lockInstance(folder)).toThrow(AlreadyRunning);
  });
});

describe('asking for a process', () => {
  it('tells the living from the dead, and one start from another', () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(deadPid())).toBe(false);
    expect(startOf(process.pid)).toBe(startOf(process.pid));
    expect(startOf(process.pid)).not.toBe(startOf(1));
  });
});
