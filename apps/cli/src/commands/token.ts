import { Command } from 'commander';
import { tokenFor, withConnection, type Connection } from '../client.js';

export const tokenCommand = (): Command =>
  withConnection(new Command('token'), 'physician-demo')
    .description('print an access token for a demo person')
    .argument('[person]', 'such as physician-demo')
    .option('--list', 'list the demo people', false)
    .action(async (person: string | undefined, options: Connection & { readonly list: boolean }) => {
      if (options.list) {
        const { PEOPLE } = await import('@fascia/composition');
        for (const { account, given, family, title } of PEOPLE)
          process.stdout.write(`${account}\t${given} ${family}, ${title}\n`);
        return;
      }
      process.stdout.write(`${await tokenFor({ ...options, as: person ?? options.as })}\n`);
    });
