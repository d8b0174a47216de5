import { Command } from 'commander';
import { call, withConnection, type Connection } from '../client.js';

export const retryCommand = (): Command =>
  withConnection(new Command('retry'), 'operator-demo')
    .description('try again what processes and timers could not take (fascia status names it), after a fix')
    .action(async (connection: Connection) => {
      const { asked } = await call<{ asked: number }>(connection, 'POST', '/api/v1/admin/parked/retry');
      process.stdout.write(
        asked === 0
          ? 'Nothing is parked.\n'
          : `${String(asked)} are tried again, each with everything that was held back; fascia status names those that still cannot be taken.\n`,
      );
    });
