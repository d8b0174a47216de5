/** Versions of a stream follow each other without a gap; a reader who sees one must not go on as if nothing were missing. */
import type { StoredEvent, StreamName } from '@fascia/kernel';
import { LRUCache } from 'lru-cache';
import { DamagedLog } from './troubles.js';

/** Streams whose last version is remembered: those seen last. */
const REMEMBERED = 20_000;

export class Continuity {
  readonly #versions = new LRUCache<StreamName, number>({ max: REMEMBERED });

  /** @throws DamagedLog */
  assert({ stream, version }: Pick<StoredEvent, 'stream' | 'version'>): void {
    const before = this.#versions.get(stream);
    if (before !== undefined && version !== before + 1)
      throw new DamagedLog(`version ${version} of ${stream} follows ${before}`);
    this.#versions.set(stream, version);
  }
}
