/** Careful clients under a fault, and what must be true afterwards: nothing acknowledged is lost, doubled or invented. */
import { randomUUID } from 'node:crypto';
import { until } from '@fascia/testkit';
import type { Fascia } from '../journeys/harness.js';
import type { Person } from '../journeys/person.js';

export interface Wish {
  readonly key: string;
  /** Set once the command was answered. */
  id?: string;
}

export interface Stored {
  readonly id: string;
  readonly version: number;
}

const TOGETHER = 8;

/** What went wrong with acknowledged commands: the check that every fault ends with. */
export const violations = (wishes: readonly Wish[], stored: readonly Stored[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { id } of stored) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [
    ...wishes.filter(({ id }) => id === undefined || !counts.has(id)).map(({ key }) => `lost: ${key}`),
    ...[...counts].filter(([, count]) => count > 1).map(([id]) => `doubled: ${id}`),
    ...stored
      .filter(({ id }) => !wishes.some((wish) => wish.id === id))
      .map(({ id }) => `from nowhere: ${id}`),
    ...stored.filter(({ version }) => version !== 1).map(({ id }) => `more than one event: ${id}`),
  ];
};

export class Load {
  readonly wishes: Wish[] = [];

  private constructor(
    private readonly fascia: Fascia,
    readonly physician: Person,
    readonly patientId: string,
  ) {}

  static async of(fascia: Fascia): Promise<Load> {
    const physician = fascia.as('physician-demo');
    const patientId = (await physician.get('/api/v1/patients')).body.items[0].id as string;
    await fascia.token('operator-demo');
    return new Load(fascia, physician, patientId);
  }

  /** Commands before, during and after a fault. */
  async under(fault: () => Promise<void> | void, commands: number): Promise<void> {
    const { fresh, working } = this.#give(commands);
    await until(() => fresh.some((wish) => wish.id !== undefined), {
      deadlineMs: 60_000,
      message: 'a command answered before the fault',
    });
    await fault();
    await working;
  }

  /** Commands beside those, each answered when this resolves. */
  async answered(commands: number): Promise<void> {
    await this.#give(commands).working;
  }

  #give(commands: number): { readonly fresh: readonly Wish[]; readonly working: Promise<unknown> } {
    const fresh = Array.from({ length: commands }, (): Wish => ({ key: randomUUID() }));
    this.wishes.push(...fresh);
    const queue = [...fresh];
    const worker = async (): Promise<void> => {
      for (let wish = queue.shift(); wish !== undefined; wish = queue.shift()) await this.#insist(wish);
    };
    return { fresh, working: Promise.all(Array.from({ length: TOGETHER }, worker)) };
  }

  async drafts(): Promise<readonly Stored[]> {
    const found: Stored[] = [];
    for (let cursor = ''; ;) {
      const { body } = await this.physician.get(
        `/api/v1/referrals?patientId=${this.patientId}&state=Draft&limit=200${cursor}`,
      );
      found.push(...(body.items as Stored[]));
      if (body.next === null) return found;
      cursor = `&cursor=${String(body.next)}`;
    }
  }

  /** The lists show every command, once; every read model is what a rebuild would make. @returns rows compared */
  async everythingIsThere(deadlineMs = 20_000): Promise<number> {
    await until(async () => (await this.drafts()).length === this.wishes.length, {
      deadlineMs,
      message: `the list to come to ${String(this.wishes.length)} commands`,
    });
    expect(violations(this.wishes, await this.drafts())).toEqual([]);
    return this.everyModelIsAsRebuilt();
  }

  async everyModelIsAsRebuilt(): Promise<number> {
    const operator = this.fascia.as('operator-demo');
    const { body } = await operator.get('/api/v1/admin/models');
    let rows = 0;
    for (const { name } of body.items as { name: string }[]) {
      const { body: verified } = await operator.insists('POST', `/api/v1/admin/models/${name}/verify`);
      expect(verified).toMatchObject({ name, same: true });
      rows += verified.rows as number;
    }
    return rows;
  }

  /** Sends a wish until somebody answers: the same key each time, as a careful client would. */
  async #insist(wish: Wish): Promise<void> {
    const body = { patientId: this.patientId, content: { priority: 'routine' } };
    await until(
      async () => {
        const answer = await this.physician
          .send('POST', '/api/v1/referrals', body, { 'idempotency-key': wish.key })
          .catch(() => undefined);
        if (answer !== undefined && answer.status >= 500 && answer.status !== 503)
          throw new Error(`${String(answer.status)} ${JSON.stringify(answer.body)}`);
        if (answer?.status !== 201 && answer?.status !== 200) return false;
        wish.id = answer.body.id as string;
        return true;
      },
      { deadlineMs: 90_000, message: 'a command to be answered', everyMs: 20 },
    );
  }
}
