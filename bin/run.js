// What npm's scripts and the command share: a Node that can run Fascia, a build that hears a signal, and an end with whoever started it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NEEDED = 24;
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'];
const PARENT_MS = 500;

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const isNodeCurrent = Number(process.versions.node.split('.')[0]) >= NEEDED;

/** A child that is told what this process is told. @returns its exit status, and whether it was told anything */
const runThrough = (node, args, stdio) =>
  new Promise((resolve) => {
    const child = spawn(node, args, { stdio });
    let told = false;
    const pass = (signal) => {
      told = true;
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, pass);
    child.once('error', () => resolve({ status: 1, told }));
    child.once('exit', (status, signal) => {
      for (const name of SIGNALS) process.off(name, pass);
      resolve({ status: signal === null ? status : 1, told });
    });
  });

/** The same again with the Node that came with `npm ci`; does not come back. */
export const runOnOwnNode = async (script, args) => {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (!existsSync(own)) {
    console.error(
      `Fascia needs Node ${NEEDED} or later; this is ${process.version}. Install it, or run "npm ci" first: on common platforms it brings one along.`,
    );
    process.exit(1);
  }
  // By the channel a server hears that this process is gone, however it ended.
  const { status } = await runThrough(own, [script, ...args], ['inherit', 'inherit', 'inherit', 'ipc']);
  process.exit(status);
};

const orExit = async (script, ...args) => {
  const { status, told } = await runThrough(process.execPath, [script, ...args], 'inherit');
  // Told as it was just done: nobody else has heard the signal.
  if (status !== 0 || told) process.exit(status);
};

/** Code and screens. Ends the process when a build fails or a signal ended it. */
export const build = async (...projects) => {
  await orExit(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', ...projects);
  await orExit(join(root, 'bin', 'site.js'));
};

/** Whether a process is npm, or the shell that npm runs a script in; undefined where the system does not tell. */
const isOfNpm = (pid) => {
  try {
    const said = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return said.includes('npm') || said.includes(process.env.npm_lifecycle_script);
  } catch {
    return undefined;
  }
};

/**
 * Ends this process, as a supervisor's stop does, when npm started it and is gone: npm may be stopped before it passes a
 * signal on, and some shells between npm and us pass none. What a person starts from a terminal may outlive it (nohup).
 */
export const endWithNpm = () => {
  if (process.env.npm_lifecycle_script === undefined) return;
  const parent = process.ppid;
  const end = () => process.kill(process.pid, 'SIGTERM');
  if (isOfNpm(parent) === false) return void setImmediate(end);
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, PARENT_MS).unref();
};

/** Runs a built main in this process, so that nobody stands between it and a signal. */
export const runHere = async (main, args) => {
  process.argv.splice(1, process.argv.length, main, ...args);
  process.setSourceMapsEnabled(true);
  endWithNpm();
  await import(pathToFileURL(main).href);
};
