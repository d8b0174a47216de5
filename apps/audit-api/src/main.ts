/** Auditors' questions, answered from the event store: nothing here passes through Kafka. */
import {
  ACCESS_RECORDS,
  AUDIT,
  auditDoors,
  auditModels,
  checkedIdentity,
  checkModels,
  DoorsModule,
  edgeOf,
  isOf,
  Progress,
  projectionOf,
  readSide,
  runProcess,
  watchReads,
} from '@fascia/composition';
import { storeDelivery } from '@fascia/delivery';

await runProcess('audit-api', 4603, async (foundation) => {
  const records = projectionOf(foundation, AUDIT, auditModels, storeDelivery(foundation.store));
  await records.start();
  const reads = readSide(foundation);
  const { verifier } = checkedIdentity(foundation.settings);
  return {
    module: DoorsModule.of(
      edgeOf(foundation, { verifier, caughtUp: records, accessLog: reads.recorder }),
      auditDoors(foundation, reads),
    ),
    watch: (metrics, health) => {
      watchReads(metrics, reads);
      checkModels(health, foundation.rows, [records]);
    },
    progress: new Progress({ ...foundation, recorder: reads.recorder }),
    owns: (one) => one.follower === ACCESS_RECORDS || isOf(records)(one),
    stop: async () => {
      await reads.stop();
      await records.stop();
    },
  };
});
