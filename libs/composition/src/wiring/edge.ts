/** What the doors of any process are told about callers, positions and read models. */
import type { TokenVerifier } from '@fascia/access';
import { PROCESS_INPUTS } from '@fascia/coordination';
import { beginFrom, parkedSubjects, retryParked } from '@fascia/delivery';
import type { Positions } from '@fascia/http';
import { idOf, type Position } from '@fascia/kernel';
import { fittingRows, streamsLacking, type AccessLog } from '@fascia/read-store';
import { ModelAdmin, type Projection, type ProjectionHost } from '@fascia/read-store/host';
import { callerDirectory } from './callers.js';
import { metadataOf } from '@fascia/write-door';
import { readingOf } from './reading.js';
import type { CaughtUp } from '../standing/caught-up.js';
import { AUDIT, auditModels, CARE, careModels, TIMERS, timerModels } from '../contexts.js';
import type { Edge } from '../doors.js';
import type { Foundation } from '../process/foundation.js';
import type { OperationsParts } from '../standing/operations.js';
import { whoIsPresent } from '../process/presence.js';
import { clockTrouble, readClocks } from '../standing/clocks.js';
import type { Progress } from '../standing/progress.js';
import { lagSecondsOf } from '../standing/lag.js';
import { standingsOf, type Standings } from '../standing/standing.js';
import { silentOf } from '../standing/silent.js';
import { unansweredOf } from '../standing/unanswered.js';

interface EdgeParts {
  readonly verifier: TokenVerifier;
  readonly caughtUp: CaughtUp;
  /** In a process with addresses that ask who calls. */
  readonly accessLog?: AccessLog;
  /** In a process that reads the log itself. */
  readonly touchedAt?: () => Position;
}

const CARE_LISTS = careModels.map(({ name }) => name);

const positionsOf = ({ store, rows }: Foundation, caughtUp: CaughtUp): Positions => ({
  isLacking: async (position) => {
    const event = await store.readAt(position);
    if (event === undefined) return false;
    const { patientId } = metadataOf(event);
    const only = { id: idOf(event.stream), patients: patientId === undefined ? [] : [patientId] };
    return (await streamsLacking(rows, { models: CARE_LISTS, only })) > 0;
  },
  digestAt: async (position) => (await store.readAt(position))?.digest,
  waitFor: (position, timeoutMs) => caughtUp.waitFor(position, timeoutMs),
});

const NOBODY_CALLS: AccessLog = {
  record: () => {
    throw new Error('this process keeps no records of who looked: it has no address that asks who calls');
  },
};

export const edgeOf = (
  foundation: Foundation,
  { verifier, caughtUp, touchedAt, accessLog = NOBODY_CALLS }: EdgeParts,
): Edge => ({
  verifier,
  callers: callerDirectory(fittingRows(foundation.rows, careModels), {
    operators: foundation.settings.operators,
    touchedAt,
  }),
  positions: positionsOf(foundation, caughtUp),
  accessLog,
  topic: foundation.settings.kafka.topic,
});

interface Here {
  /** Projections that are kept in this process: they hear of wishes at once. */
  readonly hosts?: readonly ProjectionHost[];
  readonly positions?: () => Readonly<Record<string, Position>>;
  readonly progress: Progress;
}

export const adminOf = (
  foundation: Foundation,
  { hosts = [], positions, progress }: Here,
): OperationsParts => {
  const { store, codec, pool, unhurried, rows, policy } = foundation;
  const standings = (): Promise<Standings> => standingsOf({ ...foundation, here: positions });
  const projection = (name: string, models: Projection['models']): Projection => {
    const here = hosts.find((host) => host.projection === name);
    return {
      projection: name,
      models,
      standing: async () => {
        const { head, followers } = await standings();
        const mine = followers.filter(({ follower }) => follower === name);
        const behind = mine.reduce((most, one) => (one.behind > most ? one.behind : most), 0n);
        return {
          position: mine.reduce((least, one) => (one.position < least ? one.position : least), head),
          behind,
          behindSeconds: await lagSecondsOf(foundation, mine),
        };
      },
      ...(here === undefined ? {} : { nudge: () => here.nudge() }),
    };
  };
  return {
    admin: new ModelAdmin({
      store,
      reading: readingOf(codec),
      pool,
      unhurried,
      projections: [
        projection(CARE, careModels),
        projection(AUDIT, auditModels),
        projection(TIMERS, timerModels),
      ],
    }),
    standings,
    progress,
    clocks: async () => {
      const reading = await readClocks(foundation);
      return { ...reading, trouble: clockTrouble(reading, foundation.settings) };
    },
    unanswered: () => unansweredOf({ ...foundation, here: positions }),
    silent: () => silentOf(foundation),
    processes: () => whoIsPresent(rows),
    beginProcess: (process, after) => beginFrom(rows, store, { follower: PROCESS_INPUTS, process, after }),
    parked: { list: () => parkedSubjects(rows), retry: (subject) => retryParked(rows, subject) },
    policy,
  };
};
