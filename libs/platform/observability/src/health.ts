import { setTimeout as delay } from 'node:timers/promises';
import { errorName } from '@fascia/retry';

/** Whether this process should get requests: named checks, and the wish to stop. */
export interface CheckResult {
  readonly ok: boolean;
  /** For an operator; never personal data. */
  readonly detail?: string;
}

export type Check = () => CheckResult | Promise<CheckResult>;

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly (CheckResult & { readonly name: string })[];
}

const DEADLINE_MS = 2000;

export class HealthRegistry {
  readonly #checks = new Map<string, Check>();
  #stopping = false;

  /** @param deadlineMs how long a check may take before it counts as failed. */
  constructor(private readonly deadlineMs = DEADLINE_MS) {}

  /** A later check of the same name takes the place of the earlier one. */
  register(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /** From here on not ready: load balancers look elsewhere while requests under way are finished. */
  stop(): void {
    this.#stopping = true;
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  async readiness(): Promise<Readiness> {
    const results = await Promise.all(
      [...this.#checks].map(async ([name, check]) => ({ name, ...(await inTime(check, this.deadlineMs)) })),
    );
    const checks = this.#stopping
      ? [{ name: 'process', ok: false, detail: 'stopping' }, ...results]
      : results;
    return { ready: checks.every(({ ok }) => ok), checks };
  }
}

/** A check that throws or hangs is a check that failed; its message stays in the log of whoever owns it. */
const inTime = async (check: Check, deadlineMs: number): Promise<CheckResult> => {
  const patience = new AbortController();
  const late: CheckResult = { ok: false, detail: `no answer within ${deadlineMs} ms` };
  try {
    return await Promise.race([Promise.resolve().then(check), delay(deadlineMs, late, patience)]);
  } catch (error) {
    return { ok: false, detail: errorName(error) };
  } finally {
    patience.abort();
  }
};
