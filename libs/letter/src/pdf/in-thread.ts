/** Sets a letter in a thread of its own: what sets it takes up to seconds to load, and a long letter takes no time from who is served beside it. */
import { Worker } from 'node:worker_threads';
import type { Letter } from '../letters/letter.js';
import { LetterNotMade } from './render.js';

/** `src` and `dist` are equally deep, so one relative path serves both: a thread runs what is built. */
const THREAD = new URL('../../dist/pdf/thread.js', import.meta.url);

const set = (letter: Letter): Promise<Buffer> => {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const thread = new Worker(THREAD, { workerData: letter });
  thread.on('message', (pdf: Uint8Array) => {
    resolve(Buffer.from(pdf));
    void thread.terminate();
  });
  // What it says of an error quotes the letter.
  for (const event of ['error', 'exit'] as const)
    thread.on(event, () => {
      reject(new LetterNotMade());
    });
  return promise;
};

/** Of this process: a second letter waits for the first, so that many at once take no more than one core. */
let turn: Promise<unknown> = Promise.resolve();

/** @throws LetterNotMade, which says nothing of what the letter says */
export const renderInThread = (letter: Letter): Promise<Buffer> => {
  const mine = turn.then(() => set(letter));
  turn = mine.catch(() => undefined);
  return mine;
};
