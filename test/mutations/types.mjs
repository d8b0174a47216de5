/** The compiler beside the specs: it answers each message with whether the tree compiles now, and what is said if not. */
import { parentPort, workerData } from 'node:worker_threads';
import { compilerOf } from '../scratch/compiler.mjs';

const compiled = compilerOf(workerData);
parentPort.on('message', () => parentPort.postMessage(compiled()));
