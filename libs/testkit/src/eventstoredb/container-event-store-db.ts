/** An EventStoreDB in a container, empty, where an engine answers and has or gets the image. */
const IMAGE = 'eventstore/eventstore:24.10.5';
const INSIDE_PORT = 2113;

interface Contained {
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/** @returns undefined without an engine */
export const containerEventStoreDb = async (): Promise<Contained | undefined> => {
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const engine = await getContainerRuntimeClient().catch(() => undefined);
  if (engine === undefined) return undefined;
  const container = await new GenericContainer(IMAGE)
    .withExposedPorts(INSIDE_PORT)
    .withEnvironment({
      EVENTSTORE_INSECURE: 'true',
      EVENTSTORE_CLUSTER_SIZE: '1',
      EVENTSTORE_MEM_DB: 'true',
      EVENTSTORE_RUN_PROJECTIONS: 'None',
      EVENTSTORE_TELEMETRY_OPTOUT: 'true',
      EVENTSTORE_MAX_APPEND_SIZE: '16000000',
    })
    .withWaitStrategy(Wait.forHttp('/health/live', INSIDE_PORT).forStatusCode(204))
    .start();
  return {
    connectionString: `esdb://${container.getHost()}:${String(container.getMappedPort(INSIDE_PORT))}?tls=false`,
    stop: async () => void (await container.stop()),
  };
};
