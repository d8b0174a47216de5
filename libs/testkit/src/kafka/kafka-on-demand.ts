/**
 * The Kafka broker of a Jest run. Global set-up cannot know whether a spec needs it, so the set-up listens on a port,
 * the first spec that asks there has it started, and every spec is told its address.
 */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { containerKafka } from './container-kafka.js';
import type { SharedServer } from './container-kafka.js';
import { CannotRunKafka, kafkaJars } from './jars.js';
import { KafkaServer } from './kafka-server.js';
import { KAFKA_GIVEN, TEST_KAFKA, TEST_KAFKA_MISSING, TEST_KAFKA_STARTER } from './shared-kafka.js';

/** A container when an engine answers, else Kafka's own jars. */
const starterOf = async (): Promise<() => Promise<SharedServer>> => {
  const container = await containerKafka();
  if (container !== undefined) return container;
  await kafkaJars();
  return () => KafkaServer.launch();
};

/** A broker of whichever kind this machine can run. @throws CannotRunKafka */
export const launchKafka = async (): Promise<SharedServer> => (await starterOf())();

export class KafkaOnDemand {
  #started: Promise<SharedServer> | undefined;
  #running: SharedServer | undefined;
  readonly #server = createServer((socket) => {
    socket.on('error', () => undefined);
    this.#started ??= this.#start();
    void this.#started.then(
      ({ brokers }) => socket.end(JSON.stringify({ brokers })),
      (error: unknown) => socket.end(JSON.stringify({ why: String(error) })),
    );
  });

  /** Names the broker, or where to have it started, or why there is none, in the environment of the specs. */
  static async offer(env: NodeJS.ProcessEnv = process.env): Promise<KafkaOnDemand | undefined> {
    if (env[TEST_KAFKA] !== undefined) return undefined;
    if (env[KAFKA_GIVEN] !== undefined) {
      env[TEST_KAFKA] = env[KAFKA_GIVEN];
      return undefined;
    }
    try {
      const offered = new KafkaOnDemand(await starterOf());
      env[TEST_KAFKA_STARTER] = String(await offered.#listen());
      return offered;
    } catch (error) {
      if (!(error instanceof CannotRunKafka)) throw error;
      env[TEST_KAFKA_MISSING] = error.message;
      return undefined;
    }
  }

  private constructor(private readonly launch: () => Promise<SharedServer>) {}

  /** Process id of a broker that runs as a process of ours. */
  get pid(): number | undefined {
    return this.#running?.pid;
  }

  async stop(): Promise<void> {
    this.#server.close();
    await (await this.#started?.catch(() => undefined))?.stop();
    this.#running = undefined;
  }

  async #start(): Promise<SharedServer> {
    this.#running = await this.launch();
    return this.#running;
  }

  async #listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#server.unref();
    return (this.#server.address() as AddressInfo).port;
  }
}
