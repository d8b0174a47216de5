/** Reads a file in a thread of its own: a long one takes no time from who is served beside it, and can be given up. */
import { Worker } from 'node:worker_threads';
import { unreadable, type FileReading } from './file.js';
import type { ImportedEnding, ImportedPrecaution, ImportedRetraction, ImportItem } from './items.js';
import type { ReadingOptions } from './read-bundle.js';
import type { ThreadSays, ThreadTask } from './thread.js';

/** `src` and `dist` are equally deep, so one relative path serves both: a thread runs what is built. */
const THREAD = new URL('../../dist/bundle/thread.js', import.meta.url);

/** A thread without memory for its file ends, and the process goes on. */
const LIMITS = { maxOldGenerationSizeMb: 1024 };
const OUT_OF_MEMORY = /OUT_OF_MEMORY$/;

export interface ThreadOptions extends ReadingOptions {
  /** Ends the reading, whether it waits or runs. */
  readonly signal?: AbortSignal;
}

const read = (task: ThreadTask, signal: AbortSignal | undefined): Promise<FileReading> =>
  new Promise((resolve, reject) => {
    const items: ImportItem[] = [];
    const precautions: ImportedPrecaution[] = [];
    const retractions: ImportedRetraction[] = [];
    const endings: ImportedEnding[] = [];
    const thread = new Worker(THREAD, { workerData: task, resourceLimits: LIMITS });
    const end = (settle: () => void): void => {
      signal?.removeEventListener('abort', giveUp);
      settle();
      void thread.terminate();
    };
    const giveUp = (): void => {
      end(() => {
        reject(signal?.reason as Error);
      });
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    thread.on('message', (said: ThreadSays) => {
      if (said.kind === 'things') {
        items.push(...said.things.items);
        precautions.push(...said.things.precautions);
        retractions.push(...said.things.retractions);
        endings.push(...said.things.endings);
        return;
      }
      end(() => {
        resolve({ ...said.rest, items, precautions, retractions, endings });
      });
    });
    thread.on('error', (error: Error & { readonly code?: unknown }) => {
      end(() => {
        if (OUT_OF_MEMORY.test(String(error.code)))
          resolve(unreadable(task.bytes, 'there is not memory enough to read it: send it in smaller parts'));
        else reject(error);
      });
    });
    thread.on('exit', (code) => {
      end(() => {
        reject(new Error(`the thread that reads a file ended with ${String(code)}`));
      });
    });
  });

/** Of this process: a second file waits for the first, so that many at once take no more than one core and one file's memory. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * @param bytes a whole file, unpacked
 * @throws what `signal` was aborted with, or what ended the thread; nothing for what stands in the file
 */
export const readInThread = async (
  bytes: Uint8Array,
  { signal, ...options }: ThreadOptions = {},
): Promise<FileReading> => {
  const before = turn;
  const mine = before.then(() => {
    signal?.throwIfAborted();
    return read({ bytes, options }, signal);
  });
  turn = mine.catch(() => undefined);
  return mine;
};
