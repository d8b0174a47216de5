/** One bench, by name, in this process; a signal stops what it has started. */
import process from 'node:process';
import { stopServers } from './tools.mjs';

process.stdout.on('error', () => undefined);
for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    // What breaks now does so because its server is gone.
    process.on('uncaughtException', () => undefined);
    void stopServers().finally(() => process.exit(1));
  });

try {
  const [name] = process.argv.splice(2, 1);
  await import(`./${name}.bench.mjs`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
await stopServers();
process.exit();
