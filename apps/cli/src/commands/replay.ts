import { Command, InvalidArgumentError } from 'commander';
import { call, withConnection, type Connection } from '../client.js';

interface Told {
  readonly version: number;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: { readonly sub: string; readonly role: string };
}

interface Replay {
  readonly stage: string | null;
  readonly events: readonly Told[];
}

interface ReplayedCase {
  readonly streams: readonly { readonly stream: string; readonly stage: string | null }[];
  readonly events: readonly (Told & { readonly stream: string; readonly byName: string | null })[];
}

interface Options extends Connection {
  readonly at?: string;
  readonly case?: string;
  readonly json: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const sayEvent = ({ version, type, recordedAt, actor }: Told, of = ''): void => {
  say(`${String(version).padStart(4)}  ${recordedAt}  ${of}${type.padEnd(32)} ${actor.role} ${actor.sub}`);
};

const replayStream = async (options: Options, stream: string, query: string): Promise<void> => {
  const at = `/api/v1/audit/streams/${encodeURIComponent(stream)}${query}`;
  const replay = await call<Replay>(options, 'GET', at);
  if (options.json) return say(JSON.stringify(replay, null, 2));
  for (const event of replay.events) sayEvent(event);
  say(`      ${replay.stage === null ? '' : `now: ${replay.stage}`}`);
};

const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

const replayCase = async (options: Options, referral: string, query: string): Promise<void> => {
  const at = `/api/v1/audit/cases/${encodeURIComponent(referral)}${query}`;
  const replay = await call<ReplayedCase>(options, 'GET', at);
  if (options.json) return say(JSON.stringify(replay, null, 2));
  for (const event of replay.events) sayEvent(event, categoryOf(event.stream).padEnd(12));
  for (const { stream, stage } of replay.streams) if (stage !== null) say(`      ${stream} now: ${stage}`);
};

export const replayCommand = (): Command =>
  withConnection(new Command('replay'), 'auditor-demo')
    .description(
      'how a stream, or a whole case, came about: its events, who and when, and the state they led to',
    )
    .argument('[stream]', 'such as referral-<id>')
    .option('--case <referral>', 'a referral and all that belongs to it: plan, visits, measurements, tasks')
    .option('--at <instant>', 'as known at this moment, such as 2026-04-01T09:30:00Z')
    .option('--json', 'everything, as JSON', false)
    .action(async (stream: string | undefined, options: Options) => {
      const query = options.at === undefined ? '' : `?at=${encodeURIComponent(options.at)}`;
      if (stream !== undefined && options.case === undefined) return replayStream(options, stream, query);
      if (stream === undefined && options.case !== undefined) return replayCase(options, options.case, query);
      throw new InvalidArgumentError(
        'Name one stream, such as referral-<id>, or one case: --case <id of its referral>.',
      );
    });
