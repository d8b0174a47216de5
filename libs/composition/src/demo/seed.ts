/** The first start: the demo network, the sample patients, three cases. By commands, like everything else. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { importedId, makeImporter, readBundle } from '@fascia/fhir';
import { patiently, type WriteDoor } from '@fascia/write-door';
import { aggregates } from '../contexts.js';
import { seedCases } from './cases.js';
import { seedNetwork } from './network.js';
import { demoId } from './people.js';
import { SEED, Seeder } from './seeder.js';

/** `src` and `dist` are equally deep, so one relative path serves both. */
const SAMPLES = new URL('../../../../data/samples/synthea-r4/', import.meta.url);

const sampleBundles = (): readonly unknown[] =>
  readdirSync(SAMPLES)
    .filter((name) => name.endsWith('.json.gz'))
    .toSorted()
    .map((name) => JSON.parse(gunzipSync(readFileSync(new URL(name, SAMPLES))).toString('utf8')) as unknown);

/** Of one command: a first start on a slow machine takes longer, and is not given up. */
const PATIENCE_MS = 60_000;

export const seedDemo = async (doorToAll: WriteDoor, say: (what: string) => void): Promise<void> => {
  const door = patiently(doorToAll, PATIENCE_MS);
  const seeder = new Seeder(door);
  say('Setting up the demo network');
  await seedNetwork(seeder);
  const run = makeImporter({ door, diagnoses: aggregates.diagnoses });
  const bundles = sampleBundles();
  say(`Importing ${String(bundles.length)} sample patients`);
  for (const json of bundles) await run({ json, organizationId: demoId('harbor'), by: SEED });
  const patients = bundles
    .flatMap((json) => readBundle(json).items)
    .filter((item) => item.kind === 'patient' && item.birthDate < '2005');
  await seedCases(
    seeder,
    patients.map((item) => importedId('patient', item.sourceId)),
  );
};
