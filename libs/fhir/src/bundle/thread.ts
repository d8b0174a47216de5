/**
 * What the thread that reads a file runs: it takes bytes and gives what they say, things in handfuls, so that who waits for them is
 * never busy with all of them at once.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { readFile, type FileReading } from './file.js';
import type { ReadingOptions } from './read-bundle.js';

export interface ThreadTask {
  readonly bytes: Uint8Array;
  readonly options: ReadingOptions;
}

type Listed = Pick<FileReading, 'items' | 'precautions' | 'retractions' | 'endings'>;

/** A handful of things, or the rest of the reading, which comes last. */
export type ThreadSays =
  | { readonly kind: 'things'; readonly things: Listed }
  | { readonly kind: 'rest'; readonly rest: Omit<FileReading, keyof Listed> };

const HANDFUL = 500;

const say = (what: ThreadSays): void => parentPort?.postMessage(what);

const handfuls = <T>(things: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(things.length / HANDFUL) }, (_, index) =>
    things.slice(index * HANDFUL, (index + 1) * HANDFUL),
  );

const none: Listed = { items: [], precautions: [], retractions: [], endings: [] };

const { bytes, options } = workerData as ThreadTask;
const { items, precautions, retractions, endings, ...rest } = readFile(bytes, options);
for (const each of handfuls(items)) say({ kind: 'things', things: { ...none, items: each } });
for (const each of handfuls(precautions)) say({ kind: 'things', things: { ...none, precautions: each } });
for (const each of handfuls(retractions)) say({ kind: 'things', things: { ...none, retractions: each } });
for (const each of handfuls(endings)) say({ kind: 'things', things: { ...none, endings: each } });
say({ kind: 'rest', rest });
