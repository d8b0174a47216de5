import { Command } from 'commander';
import { call, withConnection, type Connection } from '../client.js';
import { Failure } from '../failure.js';

interface Finding {
  readonly register: string;
  readonly owner: string;
}

interface Report {
  readonly registers: number;
  readonly standing: number;
  readonly waiting: number;
  readonly left: readonly Finding[];
  readonly lacking: readonly Finding[];
  readonly clashing: readonly Finding[];
  readonly unknown: readonly string[];
}

const sub = (name: string, description: string): Command =>
  withConnection(new Command(name), 'operator-demo').description(description);

const tell = (what: string, findings: readonly Finding[]): void => {
  for (const { register, owner } of findings) process.stdout.write(`  ${what}: ${owner} in ${register}\n`);
};

const verifyCommand = sub('verify', 'compare registers with the streams that claim in them').action(
  async (options: Connection) => {
    const report = await call<Report>(options, 'POST', '/api/v1/admin/registers/verify');
    const { registers, standing, waiting, left, lacking, clashing, unknown } = report;
    process.stdout.write(
      `${String(registers)} registers: ${String(standing)} claims stand, ${String(waiting)} wait for their owner\n`,
    );
    tell('nobody holds the claim of', left);
    tell('not claimed, but held by', lacking);
    tell('held by two, one is', clashing);
    for (const stream of unknown) process.stdout.write(`  not known, because it cannot be read: ${stream}\n`);
    if (clashing.length > 0)
      throw new Failure(
        'Something is held twice: people have to decide, and one of the two has to give it up.',
      );
    if (left.length + lacking.length > 0)
      throw new Failure('Registers differ from what streams hold. Make them right: fascia registers rebuild');
  },
);

const rebuildCommand = sub('rebuild', 'release what nobody holds, claim what an owner lacks').action(
  async (options: Connection) => {
    const { released, claimed, unsolved } = await call<{
      released: number;
      claimed: number;
      unsolved: readonly Finding[];
    }>(options, 'POST', '/api/v1/admin/registers/rebuild');
    process.stdout.write(`${String(released)} claims released, ${String(claimed)} claimed\n`);
    tell('held by another one too', unsolved);
    if (unsolved.length > 0)
      throw new Failure(
        'Something is held twice: people have to decide, and one of the two has to give it up.',
      );
  },
);

export const registersCommand = (): Command =>
  new Command('registers')
    .description('what only one may have: verify, rebuild')
    .addCommand(verifyCommand)
    .addCommand(rebuildCommand);
