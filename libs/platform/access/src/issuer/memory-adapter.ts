/** The issuer's records in this process: gone with it. */
import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly model: string;
  readonly payload: AdapterPayload;
}

/** Sessions of a long-running process must not grow without end; those used longest ago go first. */
const MOST = 20_000;

class MemoryAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly kept: LRUCache<string, Kept>,
  ) {}

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const kept = { model: this.model, payload };
    this.kept.set(this.#key(id), kept, { ttl: expiresIn === undefined ? 0 : expiresIn * 1000 });
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.kept.get(this.#key(id))?.payload);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#findBy((payload) => payload.uid === uid);
  }

  findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#findBy((payload) => payload.userCode === userCode);
  }

  consume(id: string): Promise<void> {
    const found = this.kept.get(this.#key(id));
    if (found !== undefined)
      this.kept.set(
        this.#key(id),
        { ...found, payload: { ...found.payload, consumed: Math.floor(Date.now() / 1000) } },
        { noUpdateTTL: true },
      );
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.kept.delete(this.#key(id));
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    // Of its own kind: a sign-in that is on its way names the grant before it, and goes on.
    for (const [key, { model, payload }] of [...this.kept])
      if (model === this.model && payload.grantId === grantId) this.kept.delete(key);
    return Promise.resolve();
  }

  #key(id: string): string {
    return `${this.model}:${id}`;
  }

  #findBy(matches: (payload: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> {
    const found = this.kept.find(({ model, payload }) => model === this.model && matches(payload));
    return Promise.resolve(found?.payload);
  }
}

export const memoryAdapter = (): AdapterFactory => {
  const kept = new LRUCache<string, Kept>({ max: MOST });
  return (model) => new MemoryAdapter(model, kept);
};
