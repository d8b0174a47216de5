/**
 * The server as a process of its own, to be killed at will. Says in one line of JSON where it can be reached, and ends
 * with whoever started it.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { EventLog } from './event-log.js';
import { Faults, listenForFaults } from './faults.js';
import { writeOthers } from './others.js';
import { serve } from './server.js';

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    port: { type: 'string', default: '0' },
    release: { type: 'string', default: '23.10' },
    'max-append-size': { type: 'string', default: String(1024 * 1024) },
    // With these two the connection is encrypted and credentials are looked at.
    certificate: { type: 'string' },
    key: { type: 'string' },
    user: { type: 'string', default: 'admin' },
    password: { type: 'string', default: 'changeit' },
  },
});

const { dir, certificate, key, user, password } = values;
if (dir === undefined) throw new Error('--dir names the folder of the log');
mkdirSync(dir, { recursive: true });

const faults = new Faults();
const log = await EventLog.open(dir, () => faults.now());
const work = { reads: 0, appends: 0, sent: 0, lookedAt: 0 };
const { port: control } = await listenForFaults({
  faults,
  work,
  others: (count) => writeOthers(log, count),
});
const port = await serve({
  log,
  faults,
  work,
  release: values.release === '24.10' ? '24.10' : '23.10',
  port: Number(values.port),
  maxAppendBytes: Number(values['max-append-size']),
  ...(certificate === undefined || key === undefined
    ? {}
    : { tls: { certificate: readFileSync(certificate), key: readFileSync(key), user, password } }),
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdout.write(`${JSON.stringify({ port, control })}\n`);
