/** Queries in, JSON out, from the tables that projectors keep; and the screens. */
import {
  ACCESS_RECORDS,
  adminOf,
  allDoors,
  CARE,
  careModels,
  CaughtUpByTables,
  checkedIdentity,
  DoorsModule,
  edgeOf,
  queryDoors,
  Progress,
  readSide,
  runProcess,
  screensOf,
  watchReads,
  writeSide,
} from '@fascia/composition';
import { mountScreens } from '@fascia/http';

await runProcess('read-api', 4602, async (foundation) => {
  const caughtUp = new CaughtUpByTables(foundation.rows, CARE, careModels);
  const reads = readSide(foundation);
  reads.live.start();
  const { verifier } = checkedIdentity(foundation.settings);
  const edge = edgeOf(foundation, { verifier, caughtUp, accessLog: reads.recorder });
  const progress = new Progress({ ...foundation, recorder: reads.recorder });
  return {
    module: DoorsModule.of(
      edge,
      queryDoors(foundation, writeSide(foundation, caughtUp), reads, adminOf(foundation, { progress })),
    ),
    mount: (fastify) => {
      mountScreens(fastify, screensOf(foundation.settings));
    },
    documented: DoorsModule.of(edge, allDoors()),
    watch: (metrics) => {
      watchReads(metrics, reads);
    },
    progress,
    owns: ({ follower }) => follower === ACCESS_RECORDS,
    stop: () => reads.stop(),
  };
});
