import { SingleBar, Presets } from 'cli-progress';
import { Command } from 'commander';
import { Failure } from '../failure.js';
import type { OpenLog } from '../log-address.js';
import { mendable } from '../mendable.js';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly dataDir?: string;
}

const HELP = `
An address is postgresql://…, esdb://… or the word "embedded" for the PostgreSQL in the data folder.
Stop Fascia first: a log that is written meanwhile is not copied whole. Broken off, the same command goes on where it was.
The keys of personal fields are no part of the log: they stay in PostgreSQL, in the schema "sealing".
From one PostgreSQL to another, move the whole database instead (pg_dump, pg_restore): without its keys a log names nobody.`;

export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('copy the log from one event store to another, with its digests compared at the end')
    .requiredOption('--from <address>', 'the store that has the log')
    .requiredOption('--to <address>', 'an empty store, or one that a copy was begun in')
    .option('--data-dir <folder>', 'where the embedded PostgreSQL keeps its data (FASCIA_DATA_DIR, .fascia)')
    .addHelpText('after', HELP)
    .action(async ({ from, to, dataDir }: Options) => {
      const { copyLog, LogsDiffer } = await import('@fascia/event-store');
      const { openLog } = await import('../log-address.js');
      const folder = dataDir ?? process.env['FASCIA_DATA_DIR'] ?? '.fascia';
      const opened = async (address: string): Promise<OpenLog> => {
        try {
          return await openLog(address, folder);
        } catch (error) {
          throw (await mendable(error)) ?? error;
        }
      };
      const source = await opened(from);
      const target = await opened(to).catch(async (error: unknown) => {
        await source.close();
        throw error;
      });
      const bar = new SingleBar(
        { format: '{value} events copied', noTTYOutput: false, stream: process.stderr },
        Presets.shades_classic,
      );
      bar.start(0, 0);
      try {
        const done = await copyLog(source.store, target.store, ({ copied }) => {
          bar.update(copied);
        });
        bar.stop();
        process.stdout.write(
          `${String(done.copied)} events copied, ${String(done.events)} in all\n  from ${done.from}\n  to   ${done.to}\n`,
        );
        if (!done.same) throw new Failure('The two logs differ: do not use the target.');
        process.stdout.write('The two logs are the same.\n');
      } catch (error) {
        bar.stop();
        throw error instanceof LogsDiffer
          ? new Failure(`${error.message}. Copy into an empty store.`)
          : error;
      } finally {
        await source.close();
        await target.close();
      }
    });
