import { Command } from 'commander';
import { call, withConnection, type Connection } from '../client.js';

interface Status {
  readonly current: string;
  readonly known: readonly string[];
  readonly wrapped: readonly { readonly masterKey: string; readonly keys: number }[];
  readonly erased: number;
}

interface TurnedOver {
  readonly made: boolean;
  readonly current: string;
  readonly rewrapped: number;
  readonly damaged: number;
}

const sub = (name: string, description: string): Command =>
  withConnection(new Command(name), 'operator-demo').description(description);

const statusCommand = sub('status', "master keys, and how many people's keys are wrapped under each").action(
  async (options: Connection) => {
    const { current, known, wrapped, erased } = await call<Status>(options, 'GET', '/api/v1/admin/keys');
    const keysUnder = (id: string): number => wrapped.find(({ masterKey }) => masterKey === id)?.keys ?? 0;
    for (const id of known)
      process.stdout.write(
        `${id.padEnd(28)}${String(keysUnder(id)).padStart(8)} keys${id === current ? '  current' : ''}\n`,
      );
    process.stdout.write(`${'erased'.padEnd(28)}${String(erased).padStart(8)} people\n`);
    if (known.some((id) => id !== current && keysUnder(id) > 0))
      process.stdout.write(
        'Some keys are under an older master key: fascia keys rotate goes on with them.\n',
      );
  },
);

const rotateCommand = sub('rotate', 'turn the master key over; broken off, ask again')
  .addHelpText(
    'after',
    `
Where the key file is Fascia's, a new key is put first in it. Where FASCIA_KEYS gives the keys, put a new one before the
others, start every process with it, and then ask. Keep the old key with the backups of before: they need it.`,
  )
  .action(async (options: Connection) => {
    const { made, current, rewrapped, damaged } = await call<TurnedOver>(
      options,
      'POST',
      '/api/v1/admin/keys/rotate',
    );
    process.stdout.write(
      `${made ? 'A new master key was made: keep a copy of the key file.\n' : ''}${String(rewrapped)} keys were rewrapped; all are under ${current} now.\n`,
    );
    if (damaged > 0)
      process.stdout.write(
        `${String(damaged)} keys are damaged and were left as they are: restore them from a backup.\n`,
      );
  });

export const keysCommand = (): Command => {
  const keys = new Command('keys').description('the master keys: status, rotate');
  for (const command of [statusCommand, rotateCommand]) keys.addCommand(command);
  return keys;
};
