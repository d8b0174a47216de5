/** What can be made to go wrong, and the small HTTP port through which a spec asks for it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FaultRequest =
  | { readonly fault: 'changeLeader' | 'silenceSubscriptions' | 'dropSubscriptions' }
  /** The next appends are stored, and their calls end without an answer. */
  | { readonly fault: 'loseAnswers'; readonly count: number; readonly as: 'unavailable' | 'cancelled' }
  | { readonly fault: 'setClockBack'; readonly ms: number };

/** An open subscription as the faults see it. */
export interface Victim {
  /** Delivers nothing more and does not end. */
  silence(): void;
  drop(): void;
}

export class Faults {
  readonly subscriptions = new Set<Victim>();
  #leaderChanges = 0;
  #lost: { count: number; as: 'unavailable' | 'cancelled' } = { count: 0, as: 'unavailable' };
  #clockBackMs = 0;
  #lastMs = 0;

  ask(request: FaultRequest): void {
    switch (request.fault) {
      case 'changeLeader':
        this.#leaderChanges += 1;
        return;
      case 'silenceSubscriptions':
        for (const subscription of this.subscriptions) subscription.silence();
        return;
      case 'dropSubscriptions':
        for (const subscription of [...this.subscriptions]) subscription.drop();
        return;
      case 'loseAnswers':
        this.#lost = { count: request.count, as: request.as };
        return;
      case 'setClockBack':
        this.#clockBackMs = request.ms;
    }
  }

  /** Whether this call meets a node that leads no more. */
  takeLeaderChange(): boolean {
    if (this.#leaderChanges === 0) return false;
    this.#leaderChanges -= 1;
    return true;
  }

  takeLostAnswer(): 'unavailable' | 'cancelled' | undefined {
    if (this.#lost.count === 0) return undefined;
    this.#lost.count -= 1;
    return this.#lost.as;
  }

  /** Never steps back unless it is told to. */
  now(): number {
    if (this.#clockBackMs > 0) return Date.now() - this.#clockBackMs;
    this.#lastMs = Math.max(this.#lastMs, Date.now());
    return this.#lastMs;
  }
}

export const listenForFaults = (
  faults: Faults,
): Promise<{ readonly server: Server; readonly port: number }> => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      faults.ask(JSON.parse(Buffer.concat(chunks).toString('utf8')) as FaultRequest);
      response.end();
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
};
