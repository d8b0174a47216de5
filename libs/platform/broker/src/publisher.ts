/**
 * Publishing as both clients do it: one call at a time, requests that a broker accepts one after another, every
 * acknowledgement compared with what was sent, and a client that failed is never used again.
 */
import type { Administration } from './client-broker.js';
import { PublishOutcomeUnknown, type LogPublisher, type LogRecord } from './ports.js';
import { assertAcknowledged, requestsOf } from './requests.js';
import { SingleFlight } from './single-flight.js';

/** A client's producer, connected. */
export interface Sender {
  /** With all in-sync replicas. @returns the partitions that were acknowledged */
  send(request: readonly LogRecord[]): Promise<readonly number[]>;
  close(): Promise<void>;
}

export class OrderlyPublisher implements LogPublisher {
  readonly #flight = new SingleFlight();
  #sender: Promise<Sender> | undefined;

  constructor(
    private readonly administration: Administration,
    private readonly open: () => Promise<Sender>,
  ) {}

  async partitions(): Promise<number> {
    return this.administration.ensureTopic();
  }

  async publish(records: readonly LogRecord[]): Promise<void> {
    await this.#flight.run(() => this.#publish(records));
  }

  async close(): Promise<void> {
    await this.#flight.idle();
    await this.#throwAway();
  }

  async #publish(records: readonly LogRecord[]): Promise<void> {
    if (records.length === 0) return;
    try {
      const sender = await (this.#sender ??= this.#connect(records));
      for (const request of requestsOf(records)) assertAcknowledged(request, await sender.send(request));
    } catch (error) {
      await this.#throwAway();
      throw new PublishOutcomeUnknown('a batch was not acknowledged', { cause: error });
    }
  }

  /** Also makes the topic again when somebody deleted it. A client may put a record of a partition that does not exist into another one. */
  async #connect(records: readonly LogRecord[]): Promise<Sender> {
    const partitions = await this.administration.ensureTopic();
    if (records.some(({ partition }) => partition >= partitions))
      throw new RangeError(`the topic has ${partitions} partitions`);
    return this.open();
  }

  async #throwAway(): Promise<void> {
    const sender = this.#sender;
    this.#sender = undefined;
    await sender?.then((connected) => connected.close()).catch(() => undefined);
  }
}
