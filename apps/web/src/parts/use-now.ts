import { useSyncExternalStore } from 'react';

const EVERY_MS = 30_000;

let now = Date.now();
const readers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the page, and none while nobody reads it. */
const subscribe = (changed: () => void): (() => void) => {
  readers.add(changed);
  // It stood still while nobody read it.
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const reader of readers) reader();
  }, EVERY_MS);
  return () => {
    readers.delete(changed);
    if (readers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
