/** Process managers: from Kafka to commands, through the same write door as everybody's. */
import {
  brokerOf,
  CARE,
  careModels,
  CaughtUpByTables,
  checkedIdentity,
  checkFollowers,
  checkModels,
  checkUnanswered,
  coordinationOf,
  DeliveryTally,
  DoorsModule,
  edgeOf,
  kafkaDelivery,
  runProcess,
  watchCoordinator,
  writeSide,
} from '@fascia/composition';

await runProcess('coordinator', 4613, async (foundation) => {
  const broker = await brokerOf(foundation, 'coordinator');
  const tally = new DeliveryTally();
  const caughtUp = new CaughtUpByTables(foundation.rows, CARE, careModels);
  const coordination = coordinationOf(foundation, {
    door: writeSide(foundation, caughtUp).door,
    delivery: kafkaDelivery(foundation, broker, tally),
    times: foundation.settings.times,
  });
  await coordination.start();
  const { coordinator } = coordination;
  const { verifier } = checkedIdentity(foundation.settings);
  return {
    module: DoorsModule.of(edgeOf(foundation, { verifier, caughtUp })),
    watch: (metrics, health) => {
      tally.watch(metrics);
      watchCoordinator(metrics, coordinator);
      checkModels(health, foundation.rows, [coordination.timers]);
      checkFollowers(health, foundation.rows);
      checkUnanswered(health, foundation);
    },
    owns: coordination.owns,
    doing: () => ({ outstanding: coordinator.outstanding, ...tally.totals }),
    stop: async () => {
      await coordination.stop();
      await broker.close();
    },
  };
});
