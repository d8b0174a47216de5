/** The first start: the demo network, the sample patients, three cases. By commands, like everything else. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { importedId, makeImporter, readFile } from '@fascia/fhir';
import { patiently } from '@fascia/write-door';
import type { Foundation } from '../process/foundation.js';
import type { WriteSide } from '../wiring/sides.js';
import { aggregates } from '../contexts.js';
import { seedCases } from './cases.js';
import { seedNetwork, SOURCES } from './network.js';
import { demoId } from './people.js';
import { SEED, Seeder } from './seeder.js';

/** `src` and `dist` are equally deep, so one relative path serves both. */
const SAMPLES = new URL('../../../../data/samples/synthea-r4/', import.meta.url);

const sampleFiles = () =>
  readdirSync(SAMPLES)
    .filter((name) => name.endsWith('.json.gz'))
    .toSorted()
    .map((name) => readFile(gunzipSync(readFileSync(new URL(name, SAMPLES)))));

/** Of one command: a first start on a slow machine takes longer, and is not given up. */
const PATIENCE_MS = 60_000;

type SeedParts = WriteSide & Pick<Foundation, 'codec'>;

export const seedDemo = async (parts: SeedParts, say: (what: string) => void): Promise<void> => {
  const { codec } = parts;
  const door = patiently(parts.door, PATIENCE_MS);
  const seeder = new Seeder(door);
  say('Setting up the demo network');
  await seedNetwork(seeder);
  const run = makeImporter({ ...parts, door, ...aggregates });
  const files = sampleFiles();
  const origin = { organizationId: demoId('harbor'), system: SOURCES.harbor };
  say(`Importing ${String(files.length)} sample patients`);
  for (const reading of files) await run({ ...origin, reading, by: SEED });
  const grown = files.flatMap(({ items }) =>
    items.filter((item) => item.kind === 'patient' && item.birthDate < '2005'),
  );
  await seedCases(
    seeder,
    await Promise.all(
      grown.map(({ identity }) => importedId((...names) => codec.nameOf(...names), origin, identity)),
    ),
  );
};
