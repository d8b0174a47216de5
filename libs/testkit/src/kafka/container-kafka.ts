/** A broker in a container, where an engine answers and has or gets the image. */
import { freePorts } from './free-ports.js';

const IMAGE = 'apache/kafka:4.1.1';
const INSIDE_PORT = 9092;

export interface SharedServer {
  readonly brokers: readonly string[];
  readonly pid?: number | undefined;
  stop(): Promise<void>;
}

/** @returns undefined without an engine */
export const containerKafka = async (): Promise<(() => Promise<SharedServer>) | undefined> => {
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const engine = await getContainerRuntimeClient().catch(() => undefined);
  if (engine === undefined) return undefined;
  return async () => {
    const [port = 0] = await freePorts(1);
    const container = await new GenericContainer(IMAGE)
      .withExposedPorts({ container: INSIDE_PORT, host: port })
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_LISTENERS: `PLAINTEXT://:${INSIDE_PORT},CONTROLLER://:9093`,
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '3',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
      })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .start();
    return { brokers: [`127.0.0.1:${port}`], stop: async () => void (await container.stop()) };
  };
};
