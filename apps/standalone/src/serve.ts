/** All of it in one process: events are delivered from the store, and nothing passes through Kafka. */
import { mountIssuer } from '@fascia/access';
import {
  adminOf,
  ALONE,
  assertNobodyElse,
  AUDIT,
  auditDoors,
  auditModels,
  CARE,
  careModels,
  checkFollowers,
  checkModels,
  checkUnanswered,
  TIMERS,
  commandDoors,
  coordinationOf,
  DoorsModule,
  edgeOf,
  identityFor,
  openDoors,
  openFoundation,
  Progress,
  projectionOf,
  queryDoors,
  readSide,
  screensOf,
  seedDemo,
  watchCoordinator,
  watchReads,
  watchTopology,
  writeSide,
  type Composed,
  type Foundation,
  type Running,
  type Settings,
} from '@fascia/composition';
import { PROCESS_COMMANDS, PROCESS_INPUTS } from '@fascia/coordination';
import { storeDelivery } from '@fascia/delivery';
import { mountScreens, type Stopping } from '@fascia/http';
import type { Logger } from '@fascia/observability';

export interface ServeOptions {
  readonly settings: Settings;
  readonly logger: Logger;
  /** Seeds the demo network when the log is empty. */
  readonly demo: boolean;
  /** Progress for the person at the terminal. */
  readonly say: (what: string) => void;
  readonly stopping?: Stopping;
}

const compose = async (foundation: Foundation, { demo, say }: ServeOptions): Promise<Composed> => {
  const { settings, store, rows } = foundation;
  const delivery = storeDelivery(store);
  const care = projectionOf(foundation, CARE, careModels, delivery);
  const records = projectionOf(foundation, AUDIT, auditModels, delivery);
  const writes = writeSide(foundation, care);
  const reads = readSide(foundation);
  const coordination = coordinationOf(foundation, { door: writes.door, delivery, times: settings.times });
  const { coordinator, timers } = coordination;
  const hosts = [care, records, timers];
  const positions = () => ({
    [CARE]: care.position,
    [AUDIT]: records.position,
    [TIMERS]: timers.position,
    [PROCESS_INPUTS]: coordinator.positions.inputs,
    [PROCESS_COMMANDS]: coordinator.positions.commands,
  });
  const stop = async (): Promise<void> => {
    await reads.stop();
    await coordination.stop();
    await Promise.all([care.stop(), records.stop()]);
  };
  try {
    say('Bringing the read models up to date');
    await Promise.all([care.start(), records.start()]);
    await coordination.start();
    reads.live.start();
    if (demo && settings.issuer === undefined && (await store.head()).position === 0n)
      await seedDemo({ ...writes, ...foundation }, say);
    const { verifier, development } = await identityFor(settings, rows, (text) => {
      say(`Careful: ${text}`);
    });
    const progress = new Progress({ ...foundation, here: positions, recorder: reads.recorder });
    const edge = edgeOf(foundation, {
      verifier,
      caughtUp: care,
      accessLog: reads.recorder,
      touchedAt: () => care.touchedAt('practitioner'),
    });
    return {
      module: DoorsModule.of(
        edge,
        commandDoors(writes, reads, foundation),
        queryDoors(foundation, writes, reads, adminOf(foundation, { hosts, positions, progress })),
        auditDoors(foundation, reads),
      ),
      mount: (fastify) => {
        mountScreens(fastify, screensOf(settings));
        if (development !== undefined) mountIssuer(fastify, development);
      },
      watch: (metrics, health) => {
        watchTopology(metrics, { ...foundation, here: positions });
        watchReads(metrics, reads);
        watchCoordinator(metrics, coordinator);
        checkModels(health, rows, hosts);
        checkFollowers(health, rows);
        checkUnanswered(health, { ...foundation, here: positions });
      },
      progress,
      owns: () => true,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const STANDALONE = 'standalone';

const openAlone = ({ settings, logger, say, stopping }: ServeOptions): Promise<Foundation> =>
  openFoundation(settings, logger, {
    poll: ALONE,
    say,
    ...(stopping === undefined ? {} : { stopping }),
  });

export const serve = async (options: ServeOptions): Promise<Running> => {
  const foundation = await openAlone(options);
  try {
    await assertNobodyElse(foundation.rows, (name) => name === STANDALONE);
    const composed = await compose(foundation, options);
    const running = await openDoors(STANDALONE, foundation, composed).catch(async (error: unknown) => {
      await composed.stop();
      throw error;
    });
    options.stopping?.add(running);
    return running;
  } catch (error) {
    await foundation.stop();
    throw error;
  }
};

/** The first start of a network that then runs as several processes: the demo, by the same modules in this one. */
export const seedOnce = async (options: ServeOptions): Promise<void> => {
  const foundation = await openAlone(options);
  try {
    await assertNobodyElse(foundation.rows, (name) => name !== STANDALONE);
    const { position } = await foundation.store.head();
    if (position > 0n || !options.demo || options.settings.issuer !== undefined) return;
    await (await compose(foundation, options)).stop();
  } finally {
    await foundation.stop();
  }
};
