/** The issuer's records in this process: gone with it. */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Kept {
  readonly model: string;
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Sessions of a long-running process must not grow without end; the oldest go first. */
const MOST = 20_000;

class MemoryAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly kept: Map<string, Kept>,
  ) {}

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const key = this.#key(id);
    this.kept.delete(key);
    this.kept.set(key, {
      model: this.model,
      payload,
      expiresAt: expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000,
    });
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST && oldest !== undefined) this.kept.delete(oldest);
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    const found = this.kept.get(this.#key(id));
    return Promise.resolve(found !== undefined && found.expiresAt > Date.now() ? found.payload : undefined);
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
      this.kept.set(this.#key(id), {
        ...found,
        payload: { ...found.payload, consumed: Math.floor(Date.now() / 1000) },
      });
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.kept.delete(this.#key(id));
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of this.kept) if (payload.grantId === grantId) this.kept.delete(key);
    return Promise.resolve();
  }

  #key(id: string): string {
    return `${this.model}:${id}`;
  }

  #findBy(matches: (payload: AdapterPayload) => boolean): Promise<AdapterPayload | undefined> {
    const now = Date.now();
    for (const { model, payload, expiresAt } of this.kept.values()) {
      if (model === this.model && expiresAt > now && matches(payload)) return Promise.resolve(payload);
    }
    return Promise.resolve(undefined);
  }
}

export const memoryAdapter = (): AdapterFactory => {
  const kept = new Map<string, Kept>();
  return (model) => new MemoryAdapter(model, kept);
};
