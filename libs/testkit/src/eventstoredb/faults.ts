/** What can be made to go wrong, and the small HTTP port through which a spec asks for it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FaultRequest =
  | { readonly fault: 'changeLeader' | 'silenceSubscriptions' | 'dropSubscriptions' }
  /** The next appends are stored, and their calls end without an answer. */
  | { readonly fault: 'loseAnswers'; readonly count: number; readonly as: 'unavailable' | 'cancelled' }
  | { readonly fault: 'setClockBack'; readonly ms: number }
  /** The next appends meet a leader that was frozen and does not know yet that it leads no more. */
  | { readonly fault: 'wakeDeposed'; readonly count: number };

/** What is asked for through the HTTP port. */
export type ControlRequest = FaultRequest | { readonly others: number };

/** What the server did since it was started. */
export interface Work {
  /** Calls of Read, among them those that subscribe. */
  reads: number;
  appends: number;
  /** Events that went over the wire. */
  sent: number;
  /** Events that were looked at, sent or not. */
  lookedAt: number;
  /** Subscriptions that are open. */
  following: number;
}

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
  #deposed = 0;
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
        return;
      case 'wakeDeposed':
        this.#deposed = request.count;
    }
  }

  /** Whether this call meets a node that leads no more. */
  takeLeaderChange(): boolean {
    if (this.#leaderChanges === 0) return false;
    this.#leaderChanges -= 1;
    return true;
  }

  /** Whether this append is answered by a leader of the past. */
  takeDeposed(): boolean {
    if (this.#deposed === 0) return false;
    this.#deposed -= 1;
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

interface Controlled {
  readonly faults: Faults;
  readonly work: Omit<Work, 'following'>;
  /** Lets others write so many events. */
  readonly others: (count: number) => Promise<void>;
}

const isOthers = (request: ControlRequest): request is { readonly others: number } => 'others' in request;

/** Whatever is asked, the answer says what was done so far. */
export const listenForFaults = ({
  faults,
  work,
  others,
}: Controlled): Promise<{ readonly server: Server; readonly port: number }> => {
  const ask = async (text: string): Promise<void> => {
    if (text === '') return;
    const request = JSON.parse(text) as ControlRequest;
    if (isOthers(request)) await others(request.others);
    else faults.ask(request);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void ask(Buffer.concat(chunks).toString('utf8')).then(() =>
        response.end(JSON.stringify({ ...work, following: faults.subscriptions.size })),
      );
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
};
