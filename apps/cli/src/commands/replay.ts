import { Command } from 'commander';
import { call, withConnection, type Connection } from '../client.js';

interface Replay {
  readonly stage: string | null;
  readonly events: readonly {
    readonly version: number;
    readonly type: string;
    readonly occurredAt: string;
    readonly recordedAt: string;
    readonly actor: { readonly sub: string; readonly role: string };
  }[];
}

export const replayCommand = (): Command =>
  withConnection(new Command('replay'), 'auditor-demo')
    .description('how a stream came about: its events, who and when, and the state they led to')
    .argument('<stream>', 'such as referral-<id>')
    .option('--at <instant>', 'as known at this moment, such as 2026-04-01T09:30:00Z')
    .option('--json', 'everything, as JSON', false)
    .action(
      async (stream: string, options: Connection & { readonly at?: string; readonly json: boolean }) => {
        const query = options.at === undefined ? '' : `?at=${encodeURIComponent(options.at)}`;
        const replay = await call<Replay>(
          options,
          'GET',
          `/api/v1/audit/streams/${encodeURIComponent(stream)}${query}`,
        );
        if (options.json) {
          process.stdout.write(`${JSON.stringify(replay, null, 2)}\n`);
          return;
        }
        for (const { version, type, recordedAt, actor } of replay.events) {
          process.stdout.write(
            `${String(version).padStart(4)}  ${recordedAt}  ${type.padEnd(32)} ${actor.role} ${actor.sub}\n`,
          );
        }
        process.stdout.write(`      ${replay.stage === null ? '' : `now: ${replay.stage}`}\n`);
      },
    );
