import { Command } from 'commander';
import { call, withConnection, type Connection } from '../client.js';

interface Followed {
  readonly follower: string;
  readonly partition: number;
  readonly partitions: number;
  readonly position: string;
  readonly behind: string;
}

interface Process {
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly present: boolean;
  readonly doing: Readonly<Record<string, unknown>>;
}

interface Status {
  readonly log: { readonly position: string; readonly epoch: string };
  readonly relay: { readonly position: string; readonly ageSeconds: number } | null;
  readonly followers: readonly Followed[];
  readonly stalled: readonly {
    readonly follower: string;
    readonly partition: number;
    readonly seconds: number;
  }[];
  readonly clocks: { readonly trouble: string };
  readonly unanswered: { readonly commands: number; readonly oldestSeconds: number };
  readonly silent: { readonly referrals: number; readonly ids: readonly string[] } | null;
  readonly parked: readonly Parked[];
  readonly processes: readonly Process[];
}

interface Parked {
  readonly follower: string;
  readonly subject: string;
  readonly error: string;
  readonly since: string;
}

interface Model {
  readonly name: string;
  readonly parked: readonly unknown[];
  readonly building: { readonly slicesReady: number; readonly slices: number } | null;
}

const BARS = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** A bar a partition: a dot has everything, a full block is a thousand positions behind or more. */
const bar = (behind: bigint): string => {
  const height =
    behind === 0n
      ? 0
      : Math.min(BARS.length - 1, 1 + Math.floor((Math.log10(Number(behind)) / 3) * (BARS.length - 2)));
  return BARS[height] ?? '█';
};

const line = (what: string, text: string): string => `${what.padEnd(18)}${text}\n`;

const followerLine = (name: string, partitions: readonly Followed[]): string => {
  const behind = partitions.map((one) => BigInt(one.behind));
  const total = behind.reduce((sum, one) => sum + one, 0n);
  const cut = partitions.length === 1 ? 'the whole log' : `${String(partitions.length)} partitions`;
  return line(
    name,
    `${behind.map(bar).join('')}  ${cut}, ${total === 0n ? 'up to date' : `${String(total)} positions behind`}`,
  );
};

const since = (at: string): string => at.slice(0, 19).replace('T', ' ');

const doing = (what: Readonly<Record<string, unknown>>): string =>
  Object.entries(what)
    .map(
      ([name, value]) =>
        `${name} ${Array.isArray(value) ? (value.length === 0 ? 'none' : value.join(',')) : String(value)}`,
    )
    .join('  ');

export const drawStatus = (
  { log, relay, followers, stalled, clocks, unanswered, silent, parked, processes }: Status,
  models: readonly Model[],
): string => {
  const names = [...new Set(followers.map(({ follower }) => follower))];
  const streams = models.reduce((sum, model) => sum + model.parked.length, 0);
  const building = models.filter((model) => model.building !== null).map(({ name }) => name);
  return [
    line('log', `at ${log.position}  (${log.epoch})`),
    relay === null
      ? ''
      : line(
          'relay',
          `at ${relay.position}  ${relay.ageSeconds === 0 ? 'up to date' : `oldest event waits for ${relay.ageSeconds.toFixed(1)} s`}`,
        ),
    ...names.map((name) =>
      followerLine(
        name,
        followers.filter(({ follower }) => follower === name),
      ),
    ),
    ...stalled.map(({ follower, partition, seconds }) =>
      line('STANDS STILL', `${follower}, partition ${String(partition)}, for ${seconds.toFixed(0)} s`),
    ),
    clocks.trouble === '' ? '' : line('CLOCKS', clocks.trouble),
    unanswered.commands === 0
      ? ''
      : line(
          'without outcome',
          `${String(unanswered.commands)} commands of processes, the oldest for ${unanswered.oldestSeconds.toFixed(0)} s`,
        ),
    silent === null
      ? ''
      : line(
          'silent referrals',
          silent.referrals === 0
            ? 'none: somebody is asked, or a visit is to come, for each that is open'
            : `${String(silent.referrals)}: ${silent.ids.join(' ')}; look at what is parked, and ask whoever has them`,
        ),
    line(
      'read models',
      `${String(models.length)}, ${streams === 0 ? 'nothing parked' : `${String(streams)} streams parked: fascia models list`}${building.length === 0 ? '' : `, being rebuilt: ${building.join(', ')}`}`,
    ),
    ...parked.map(({ follower, subject, error, since: at }) =>
      line('parked', `${follower}  ${subject}  ${error} since ${since(at)}; after a fix: fascia retry`),
    ),
    '\n',
    ...processes.map((one) =>
      line(
        one.name,
        `${one.present ? 'here  ' : 'SILENT'}  ${one.host}:${String(one.pid)}  since ${since(one.startedAt)}  ${doing(one.doing)}`,
      ),
    ),
  ].join('');
};

export const statusCommand = (): Command =>
  withConnection(new Command('status'), 'operator-demo')
    .description('where the log, the relay, every follower and every process stand')
    .action(async (connection: Connection) => {
      const status = await call<Status>(connection, 'GET', '/api/v1/admin/status');
      const models = await call<{ readonly items: readonly Model[] }>(
        connection,
        'GET',
        '/api/v1/admin/models',
      );
      process.stdout.write(drawStatus(status, models.items));
    });
