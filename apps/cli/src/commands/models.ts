import { Command } from 'commander';
import { call, withConnection, type Connection } from '../client.js';
import { Failure } from '../failure.js';

interface Status {
  readonly name: string;
  readonly rows: number;
  readonly position: string;
  readonly behind: string;
  readonly behindSeconds: number | null;
  readonly parked: readonly {
    readonly stream: string;
    readonly fromVersion: number;
    readonly error: string;
    readonly held: boolean;
    readonly aboutPatient: boolean;
  }[];
  readonly building: { readonly slicesReady: number; readonly slices: number } | null;
}

const list = (connection: Connection): Promise<{ readonly items: readonly Status[] }> =>
  call(connection, 'GET', '/api/v1/admin/models');

/** One model, or all of them. */
const chosen = async (connection: Connection, name: string | undefined): Promise<readonly string[]> =>
  name === undefined ? (await list(connection)).items.map((item) => item.name) : [name];

const act = async <T>(
  connection: Connection,
  name: string,
  action: 'rebuild' | 'verify' | 'retry',
): Promise<T> => call<T>(connection, 'POST', `/api/v1/admin/models/${encodeURIComponent(name)}/${action}`);

const sub = (name: string, description: string): Command =>
  withConnection(new Command(name), 'operator-demo').description(description);

const listCommand = sub('list', 'rows, position and parked streams of every read model').action(
  async (options: Connection) => {
    for (const { name, rows, position, behind, behindSeconds, parked, building } of (await list(options))
      .items) {
      process.stdout.write(
        `${name.padEnd(20)}${String(rows).padStart(8)} rows  at ${position.padStart(8)}  behind ${behind}${behindSeconds === null ? '' : `, for ${behindSeconds.toFixed(1)} s`}\n`,
      );
      if (building !== null)
        process.stdout.write(
          `  a new generation is being built: ${String(building.slicesReady)} of ${String(building.slices)} slices are ready\n`,
        );
      for (const { stream, fromVersion, error, held, aboutPatient } of parked)
        process.stdout.write(
          `  ${held ? 'parked' : 'passed over'}: ${stream} from version ${String(fromVersion)} (${error})${aboutPatient ? '; rules about this patient wait' : ''}\n`,
        );
    }
  },
);

const rebuildCommand = sub('rebuild', 'build a read model again from the log')
  .argument('<model>')
  .action(async (model: string, options: Connection) => {
    const { done } = await act<{ done: boolean }>(options, model, 'rebuild');
    process.stdout.write(
      done
        ? `${model}: rebuilt\n`
        : `${model}: being rebuilt beside the live one; fascia models list shows how far it is\n`,
    );
  });

const verifyCommand = sub('verify', 'compare with a rebuild from zero, by digest')
  .argument('[model]', 'all of them when absent')
  .action(async (model: string | undefined, options: Connection) => {
    let different = 0;
    for (const name of await chosen(options, model)) {
      const { same, rows, live } = await act<{ same: boolean; rows: number; live: string }>(
        options,
        name,
        'verify',
      );
      if (!same) different += 1;
      process.stdout.write(
        `${name.padEnd(20)}${String(rows).padStart(8)} rows  ${live.slice(0, 16)}  ${same ? 'same' : 'DIFFERENT'}\n`,
      );
    }
    if (different > 0)
      throw new Failure(
        `${String(different)} read models differ from the log. Build them again: fascia models rebuild <model>`,
      );
  });

const retryCommand = sub('retry', 'apply what parked streams held back')
  .argument('[model]', 'all of them when absent')
  .action(async (model: string | undefined, options: Connection) => {
    for (const name of await chosen(options, model)) {
      const { stillParked } = await act<{ stillParked: readonly string[] }>(options, name, 'retry');
      process.stdout.write(
        `${name}: ${stillParked.length === 0 ? 'nothing parked' : `still parked: ${stillParked.join(', ')}`}\n`,
      );
    }
  });

export const modelsCommand = (): Command => {
  const models = new Command('models').description('the read models: list, rebuild, verify, retry');
  for (const command of [listCommand, rebuildCommand, verifyCommand, retryCommand])
    models.addCommand(command);
  return models;
};
