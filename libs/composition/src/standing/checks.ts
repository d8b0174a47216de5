/** What `/health/ready` says in its details, and what of it makes a process unready. */
import { parkedSubjects } from '@fascia/delivery';
import type { Rows } from '@fascia/kernel';
import type { HealthRegistry } from '@fascia/observability';
import type { ProjectionHost } from '@fascia/read-store/host';
import type { Clocks } from './clocks.js';
import type { Progress, Still } from './progress.js';
import { unansweredOf, type UnansweredParts } from './unanswered.js';
import { parkedByModel } from './watch.js';

/** Neither parked streams nor what is being built make a process unready: everything else goes on, and an operator sees them here. */
export const checkModels = (health: HealthRegistry, rows: Rows, hosts: readonly ProjectionHost[]): void => {
  health.register('read-models', async () => {
    const mine = new Set(hosts.flatMap(({ models }) => models.map(({ name }) => name)));
    const passed = (await parkedByModel(rows)).filter(
      ({ model, passed: some }) => some > 0 && mine.has(model),
    );
    const parked = hosts.flatMap((host) =>
      host.models.flatMap((model) =>
        [...host.parkedStreams(model.name)].map((stream) => `${model.name}: ${stream}`),
      ),
    );
    const among = (what: string, names: readonly string[]): string =>
      names.length === 0 ? '' : `${what}: ${names.slice(0, 10).join(', ')}`;
    const replaced = hosts.filter(({ otherLog }) => otherLog).map(({ projection }) => projection);
    return told(
      among('the log is another one, built anew', replaced),
      among('parked', parked),
      among(
        'incomplete, as events were passed over that this release does not know',
        passed.map(({ model, passed: streams }) => `${model}: ${String(streams)} streams`),
      ),
      among(
        'being built',
        hosts.flatMap((host) => host.building),
      ),
      among(
        'not to be asked',
        hosts.flatMap((host) => host.unserved),
      ),
    );
  });
};

const told = (...details: readonly string[]): { ok: true; detail?: string } => {
  const detail = details.filter((one) => one !== '').join('; ');
  return detail === '' ? { ok: true } : { ok: true, detail };
};

/** The same for what followers parked, and for those who look again at a log that turned out to be another one. */
export const checkFollowers = (health: HealthRegistry, rows: Rows): void => {
  health.register('followers', async () => {
    const parked = await parkedSubjects(rows);
    const doubting = await rows.query<{ follower: string }>(
      'select distinct follower from delivery.checkpoint where doubted > position order by 1',
    );
    return told(
      doubting.length === 0
        ? ''
        : `the log is read again from its beginning: ${doubting.map(({ follower }) => follower).join(', ')}`,
      parked.length === 0
        ? ''
        : `parked: ${parked
            .slice(0, 10)
            .map(({ follower, subject }) => `${follower}: ${subject}`)
            .join(', ')}`,
    );
  });
};

/** What a process does itself, of all that followers do. */
export type Owns = (one: Pick<Still, 'follower' | 'partition'>) => boolean;

/** The slices of read models that are kept here. */
export const isOf =
  (...hosts: readonly ProjectionHost[]): Owns =>
  ({ follower, partition }) =>
    hosts.some(
      ({ projection, slices }) =>
        projection === follower && slices.some((slice) => slice.partition === partition),
    );

/** Whoever stands still is named everywhere; not ready is only the process that does it. */
export const checkProgress = (health: HealthRegistry, progress: Progress, owns: Owns): void => {
  health.register('progress', () => {
    const still = progress.stalled;
    const named = still
      .slice(0, 10)
      .map(
        ({ follower, partition, seconds }) =>
          `${follower} ${String(partition)}, for ${String(Math.floor(seconds))} s`,
      );
    return {
      ...told(named.length === 0 ? '' : `stands still: ${named.join('; ')}`),
      ok: !still.some(owns),
    };
  });
};

/** A clock that is wrong stops nothing; whoever runs it sets it right. */
export const checkClocks = (health: HealthRegistry, clocks: Clocks): void => {
  health.register('clocks', () => told(clocks.trouble));
};

/** Commands of processes without an outcome: others do not depend on them, so nobody is unready. */
export const checkUnanswered = (health: HealthRegistry, parts: UnansweredParts): void => {
  health.register('process-commands', async () => {
    const { commands, oldestSeconds } = await unansweredOf(parts);
    return told(
      commands === 0
        ? ''
        : `without an outcome: ${String(commands)}, the oldest for ${String(Math.floor(oldestSeconds))} s`,
    );
  });
};
