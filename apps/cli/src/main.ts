/** The `fascia` command. */
import { Command } from 'commander';
import { doctorCommand } from './commands/doctor.js';
import { importCommand } from './commands/import.js';
import { keysCommand } from './commands/keys.js';
import { migrateCommand } from './commands/migrate.js';
import { modelsCommand } from './commands/models.js';
import { registersCommand } from './commands/registers.js';
import { replayCommand } from './commands/replay.js';
import { processesCommand } from './commands/processes.js';
import { retryCommand } from './commands/retry.js';
import { splitCommand } from './commands/split.js';
import { startCommand } from './commands/start.js';
import { statusCommand } from './commands/status.js';
import { tokenCommand } from './commands/token.js';
import { keepCompiled } from './compile-cache.js';
import { Failure } from './failure.js';

// Before a command loads what it needs.
keepCompiled();

const program = new Command('fascia')
  .description('Fascia: closed-loop referral and care coordination for soft-tissue mobilization.')
  .version('0.1.0')
  .showHelpAfterError('(fascia --help shows what there is)')
  .addHelpText(
    'after',
    `
A first round:
  fascia start                          the product on http://127.0.0.1:4600, with demo people and sample patients
  fascia token physician-demo           an access token for a demo person, for curl
  fascia import bundle.json.gz          patients from a FHIR R4 bundle
  fascia replay referral-<id>           how a stream came about
  fascia models verify                  are the lists what the log says?
  fascia registers verify               is nothing held twice, and nothing by nobody?
  fascia status                         the log, the relay, every follower and process in one screen
  fascia retry                          what processes could not take is tried again, after a fix
  fascia keys status                    which master keys there are, and what is wrapped under each
  fascia split                          the same product as separate processes on Kafka
  fascia doctor                         what is wrong with this machine, these settings, or what they name

Every command that talks to a server takes --url (or FASCIA_URL) and --as (a demo person) or FASCIA_TOKEN.`,
  );

for (const command of [
  startCommand,
  splitCommand,
  statusCommand,
  importCommand,
  modelsCommand,
  registersCommand,
  replayCommand,
  retryCommand,
  keysCommand,
  processesCommand,
  migrateCommand,
  doctorCommand,
  tokenCommand,
])
  program.addCommand(command());

// Whoever read along, such as head, has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
