/** The write side and the read side, given what they stand on. */
import { AccessRecorder } from '@fascia/audit';
import {
  Coordinator,
  fireTimer,
  PROCESS_COMMANDS,
  PROCESS_INPUTS,
  processes,
  type ProcessTimes,
  type TimerRow,
} from '@fascia/coordination';
import { DueRunner, type Delivery } from '@fascia/delivery';
import { PATIENT_SCOPE } from '@fascia/directory';
import { streamOf, type Rows, type StreamName } from '@fascia/kernel';
import {
  fittingRows,
  LackingModels,
  LiveLists,
  ReadDesk,
  rowsOfWhole,
  type Occasion,
  type ReadModel,
} from '@fascia/read-store';
import { ProjectionHost } from '@fascia/read-store/host';
import { errorName } from '@fascia/retry';
import { Door, isPassing, Lanes, LookupsBehind, LookupsIncomplete, type FactTools } from '@fascia/write-door';
import type { CaughtUp } from '../standing/caught-up.js';
import { DUE } from '../standing/progress.js';
import { isOf, type Owns } from '../standing/checks.js';
import {
  aggregateByCategory,
  auditModels,
  CARE,
  careModels,
  collections,
  questions,
  TIMERS,
  timerModels,
} from '../contexts.js';
import type { Foundation } from '../process/foundation.js';
import { readingOf } from './reading.js';

/** How long a guard waits for the projections (docs/operations.md#several-processes). */
const LOOKUP_WAIT_MS = 1_000;

export interface WriteSide {
  readonly door: Door;
  readonly tools: FactTools;
}

export const writeSide = (
  { store, codec, policy, clock, rows, memory, settings }: Foundation,
  caughtUp: CaughtUp,
): WriteSide => {
  const fit = fittingRows(rows, careModels, () => new LookupsBehind('a list is being built'));
  const lacking = new LackingModels(rows);
  const rowsAt = async (position: bigint, patientId?: string): Promise<Rows> => {
    if (!(await caughtUp.waitFor(position, LOOKUP_WAIT_MS, patientId)))
      throw new LookupsBehind('the projections are behind');
    // What is parked is written in the transaction that reaches its position: after the wait all of it is there to be seen.
    return rowsOfWhole(fit, await lacking.about(patientId), (models) => new LookupsIncomplete(models));
  };
  const door = new Door({ store, codec, policy, clock, rowsAt, memory, lanes: new Lanes(settings.lanes) });
  return {
    door,
    tools: {
      load: (aggregate, id) => door.load(aggregate, id),
      view: (view, id) => door.view(view, id),
      lookup: async (question) => question.run(await rowsAt((await store.head()).position, question.about)),
      patientOf: (category, id) => door.patientOf(category, id),
      claimants: (...key) => door.claimants(...key),
    },
  };
};

/** Of what stream an address tells, for the records of who looked. */
const subjectOf = ({ route, objectId }: Occasion): StreamName | undefined => {
  const [, collection] = /\/api\/v1\/(.+?)\/:id/.exec(route) ?? [];
  const category = collection === undefined ? undefined : collections.get(collection);
  return category === undefined || objectId === undefined ? undefined : streamOf(category, objectId);
};

export interface ReadSide {
  readonly desk: ReadDesk;
  readonly recorder: AccessRecorder;
  /** Which lists change; starts when somebody may watch them in this process. */
  readonly live: LiveLists;
  /** Stores the access records that wait, and hears no more of lists. */
  stop(): Promise<void>;
}

export const readSide = ({ store, codec, clock, pool, rows, policy, log, logger }: Foundation): ReadSide => {
  const recorder = new AccessRecorder({ store, codec, clock, subjectOf, log });
  const desk = new ReadDesk(fittingRows(rows, [...careModels, ...auditModels]), policy, recorder, clock);
  const live = new LiveLists({
    pool,
    rows,
    desk,
    log,
    questions,
    ofPatients: PATIENT_SCOPE,
    projection: CARE,
  });
  return {
    recorder,
    desk,
    live,
    stop: async () => {
      await live.stop();
      await recorder.stop().catch((error: unknown) => {
        logger.error(
          { waiting: recorder.waiting, error: errorName(error) },
          'access records were not stored',
        );
      });
    },
  };
};

/** What whoever follows the log stands on. */
type Following = Pick<Foundation, 'store' | 'codec' | 'rows' | 'clock' | 'pool' | 'log' | 'memory'> &
  Partial<Pick<Foundation, 'unhurried'>>;

/** Read models that move together, fed by a delivery. */
export const projectionOf = (
  { store, codec, pool, unhurried = pool, log }: Following,
  projection: string,
  models: readonly ReadModel[],
  delivery: Delivery,
): ProjectionHost =>
  new ProjectionHost({
    projection,
    models,
    delivery,
    store,
    ...readingOf(codec),
    pool,
    unhurried,
    log,
    isWatched: projection === CARE,
  });

interface CoordinationParts {
  readonly door: Door;
  readonly delivery: Delivery;
  readonly times: ProcessTimes;
}

/** Processes and their timers. */
export interface Coordination {
  readonly coordinator: Coordinator;
  readonly timers: ProjectionHost;
  readonly owns: Owns;
  /** Resolves when the rows of timers are up to date. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export const coordinationOf = (
  foundation: Following,
  { door, delivery, times }: CoordinationParts,
): Coordination => {
  const { store, codec, rows, clock, pool, log, memory } = foundation;
  const running = processes(times);
  const coordinator = new Coordinator({
    store,
    delivery,
    codec,
    door,
    rows,
    clock,
    memory,
    processes: running,
    aggregates: aggregateByCategory,
    log,
  });
  const timers = projectionOf(foundation, TIMERS, timerModels, delivery);
  const due = new DueRunner<TimerRow>({
    name: TIMERS,
    table: 'read.timer',
    pool,
    rows,
    clock,
    run: ({ instance, timer, set_by: setBy }) =>
      fireTimer({ store, codec, clock, memory }, running, {
        stream: streamOf('process', instance),
        timer,
        setBy,
      }),
    passes: isPassing,
    log,
  });
  return {
    coordinator,
    timers,
    owns: ({ follower, partition }) =>
      (follower === PROCESS_INPUTS && coordinator.partitions.inputs.has(partition)) ||
      (follower === PROCESS_COMMANDS && coordinator.partitions.commands.has(partition)) ||
      (follower === DUE && due.leads) ||
      isOf(timers)({ follower, partition }),
    start: async () => {
      coordinator.start();
      await timers.start();
      due.start();
    },
    stop: async () => {
      await due.stop();
      await Promise.all([coordinator.stop(), timers.stop()]);
    },
  };
};
