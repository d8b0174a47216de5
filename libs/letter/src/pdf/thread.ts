/** What the thread that sets a letter runs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Letter } from '../letters/letter.js';
import { renderLetter } from './render.js';

parentPort?.postMessage(await renderLetter(workerData as Letter));
