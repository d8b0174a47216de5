/** From the event store to Kafka, in order. Several may run; one does. */
import {
  brokerOf,
  CARE,
  careModels,
  CaughtUpByTables,
  checkedIdentity,
  DoorsModule,
  edgeOf,
  RELAY,
  runProcess,
  watchTopology,
} from '@fascia/composition';
import { Relay } from '@fascia/delivery';

await runProcess(
  'relay',
  4611,
  async (foundation) => {
    const broker = await brokerOf(foundation, 'relay');
    const relay = new Relay({ ...foundation, broker });
    relay.start();
    const { verifier } = checkedIdentity(foundation.settings);
    return {
      module: DoorsModule.of(
        edgeOf(foundation, { verifier, caughtUp: new CaughtUpByTables(foundation.rows, CARE, careModels) }),
      ),
      watch: (metrics) => {
        watchTopology(metrics, foundation);
      },
      owns: ({ follower }) => follower === RELAY && relay.leads,
      doing: () => ({ leads: relay.leads }),
      stop: async () => {
        await relay.stop();
        await broker.close();
      },
    };
  },
  { opensPersonalFields: false },
);
