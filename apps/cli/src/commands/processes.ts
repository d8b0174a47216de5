import { Command } from 'commander';
import { call, withConnection, type Connection } from '../client.js';

type From = Connection & { readonly from: string };

const beginCommand = (): Command =>
  withConnection(new Command('begin'), 'operator-demo')
    .description('let a process manager act on what happened before it began')
    .argument('<process>')
    .requiredOption('--from <position|start>', 'the last position that it is not to act on, or start')
    .action(async (process_: string, { from, ...connection }: From) => {
      const path = [process_, 'begin', from].map(encodeURIComponent).join('/');
      await call(connection, 'POST', `/api/v1/admin/processes/${path}`);
      process.stdout.write(
        `${process_} acts on what happened ${from === 'start' ? 'since the start of the log' : `after ${from}`}; what it handled already it handles no second time.\n`,
      );
    });

export const processesCommand = (): Command =>
  new Command('processes').description('process managers').addCommand(beginCommand());
