/** From Kafka to the tables that people's lists are read from, in the partitions that it is given. */
import {
  brokerOf,
  CARE,
  careModels,
  CaughtUpByTables,
  checkedIdentity,
  checkModels,
  DeliveryTally,
  DoorsModule,
  edgeOf,
  isOf,
  kafkaDelivery,
  projectionOf,
  runProcess,
} from '@fascia/composition';

await runProcess('projector', 4612, async (foundation) => {
  const broker = await brokerOf(foundation, 'projector');
  const tally = new DeliveryTally();
  const care = projectionOf(foundation, CARE, careModels, kafkaDelivery(foundation, broker, tally));
  await care.start();
  const { verifier } = checkedIdentity(foundation.settings);
  return {
    module: DoorsModule.of(
      edgeOf(foundation, { verifier, caughtUp: new CaughtUpByTables(foundation.rows, CARE, careModels) }),
    ),
    watch: (metrics, health) => {
      tally.watch(metrics);
      checkModels(health, foundation.rows, [care]);
    },
    owns: isOf(care),
    doing: () => ({ partitions: care.slices.map(({ partition }) => partition), ...tally.totals }),
    stop: async () => {
      await care.stop();
      await broker.close();
    },
  };
});
