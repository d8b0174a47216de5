/** Process managers: from Kafka to commands, through the same write door as everybody's. */
import {
  brokerOf,
  CARE,
  careModels,
  CaughtUpByTables,
  checkedIdentity,
  coordinatorOf,
  DeliveryTally,
  DoorsModule,
  edgeOf,
  kafkaDelivery,
  runProcess,
  watchCoordinator,
  writeSide,
} from '@fascia/composition';

await runProcess('coordinator', 4613, async (foundation) => {
  const broker = brokerOf(foundation, 'coordinator');
  const tally = new DeliveryTally();
  const caughtUp = new CaughtUpByTables(foundation.rows, CARE, careModels);
  const coordinator = coordinatorOf(
    foundation,
    writeSide(foundation, caughtUp).door,
    kafkaDelivery(foundation, broker, tally),
  );
  coordinator.start();
  const { verifier } = checkedIdentity(foundation.settings);
  return {
    module: DoorsModule.of(edgeOf(foundation, { verifier, caughtUp })),
    watch: (metrics) => {
      tally.watch(metrics);
      watchCoordinator(metrics, coordinator);
    },
    doing: () => ({ outstanding: coordinator.outstanding, ...tally.totals }),
    stop: async () => {
      await coordinator.stop();
      await broker.close();
    },
  };
});
