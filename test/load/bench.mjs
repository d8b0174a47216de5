/** `npm run bench`: ratios against peers measured in the same run. `npm run bench -- relay catch-up` runs those only. */
import process from 'node:process';

// Whoever stops listening (`| head`) does not keep the servers of a bench from being stopped.
process.stdout.on('error', () => undefined);

const BENCHES = {
  append: "Appends against Emmett's PostgreSQL store on the same server",
  http: 'Commands over HTTP against a no-op behind the same edge',
  relay: 'The relay against bare sends to the same Kafka',
  'catch-up': 'Read models rebuilt against a bare reader of the same log',
  freshness: 'From a command to its row in the inbox against the command alone',
  projectors: 'Catching up through Kafka, two projectors against one',
};

const isOption = (arg) => arg.startsWith('--');
const asked = process.argv.slice(2).filter((arg) => !isOption(arg));
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0)
  throw new Error(`no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
// Benches read the options themselves.
process.argv.splice(2, Infinity, ...process.argv.slice(2).filter(isOption));

for (const [name, title] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`\n${title}:\n`);
  await import(`./${name}.bench.mjs`);
}
