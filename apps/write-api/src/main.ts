/** Commands and imports in, events appended. Keeps nothing itself; the development issuer lives here when there is no other. */
import { mountIssuer } from '@fascia/access';
import {
  ACCESS_RECORDS,
  allDoors,
  CARE,
  careModels,
  CaughtUpByTables,
  commandDoors,
  DoorsModule,
  edgeOf,
  identityFor,
  Progress,
  readSide,
  runProcess,
  watchReads,
  writeSide,
} from '@fascia/composition';

await runProcess('write-api', 4601, async (foundation) => {
  const caughtUp = new CaughtUpByTables(foundation.rows, CARE, careModels);
  const reads = readSide(foundation);
  const { verifier, development } = await identityFor(foundation.settings, foundation.rows, (text) => {
    foundation.logger.warn(text);
  });
  const edge = edgeOf(foundation, { verifier, caughtUp, accessLog: reads.recorder });
  return {
    module: DoorsModule.of(edge, commandDoors(writeSide(foundation, caughtUp), reads, foundation)),
    documented: DoorsModule.of(edge, allDoors()),
    mount: (fastify) => {
      if (development !== undefined) mountIssuer(fastify, development);
    },
    watch: (metrics) => {
      watchReads(metrics, reads);
    },
    progress: new Progress({ ...foundation, recorder: reads.recorder }),
    owns: ({ follower }) => follower === ACCESS_RECORDS,
    stop: () => reads.stop(),
  };
});
