/** Apache Kafka's own jars: fetched once by Maven into a cache of the user, compared with the committed checksums. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const VERSION = '4.1.1';
const JAVA_AT_LEAST = 17;
const FETCH_MS = 300_000;
const BUILD_FOLDER = fileURLToPath(new URL('../../../../infra/kafka', import.meta.url));

/** A sentence that says what is missing and how to get it. */
export class CannotRunKafka extends Error {
  override readonly name = 'CannotRunKafka';
}

const HOW_TO_GET_IT = `install Java ${JAVA_AT_LEAST} and Maven, or a container engine, or name brokers in KAFKA_BROKERS`;

const cacheFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'fascia', `kafka-${VERSION}`);

const assertJava = async (): Promise<void> => {
  // `java -version` speaks on standard error.
  const said = await run('java', ['-version']).then(
    ({ stderr }) => stderr,
    () => '',
  );
  const version = Number(/version "(\d+)/.exec(said)?.[1] ?? 0);
  if (version < JAVA_AT_LEAST)
    throw new CannotRunKafka(`there is no Java ${JAVA_AT_LEAST} or newer: ${HOW_TO_GET_IT}`);
};

/** @returns what differs from the committed list, in words; undefined when nothing does */
const difference = async (folder: string): Promise<string | undefined> => {
  const lines = (await readFile(join(BUILD_FOLDER, 'SHA256SUMS'), 'utf8')).trim().split('\n');
  const expected = new Map(lines.map((line) => line.split(/ +/).reverse() as [string, string]));
  const found = (await readdir(folder)).filter((name) => name.endsWith('.jar'));
  const stranger = found.find((name) => !expected.has(name));
  if (stranger !== undefined) return `${stranger} is not in SHA256SUMS`;
  for (const [name, digest] of expected) {
    if (!found.includes(name)) return `${name} is missing`;
    const actual = createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
    if (actual !== digest) return `${name} is not the one of SHA256SUMS`;
  }
  return undefined;
};

/** Into a folder beside the cache, so that the cache is complete or absent. */
const fetchInto = async (cache: string): Promise<void> => {
  const fresh = `${cache}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    const goal = [
      '-q',
      '-B',
      '-f',
      join(BUILD_FOLDER, 'pom.xml'),
      'dependency:copy-dependencies',
      `-DoutputDirectory=${fresh}`,
    ];
    await run('mvn', goal, { timeout: FETCH_MS }).catch((error: unknown) => {
      const said = error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error);
      throw new CannotRunKafka(`Maven did not bring Kafka's jars (${said}): ${HOW_TO_GET_IT}`);
    });
    const wrong = await difference(fresh);
    if (wrong !== undefined) throw new Error(`what Maven brought is not what was committed: ${wrong}`);
    await rename(fresh, cache).catch((error: unknown) => {
      if (!existsSync(cache)) throw error; // else another run was faster
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
};

let verified: Promise<string> | undefined;

const provide = async (): Promise<string> => {
  await assertJava();
  const cache = cacheFolder();
  if (!existsSync(cache)) await fetchInto(cache);
  const wrong = await difference(cache);
  if (wrong !== undefined)
    throw new Error(`the cached jars of Kafka are not those of SHA256SUMS: ${wrong}; delete ${cache}`);
  return cache;
};

/** @returns the folder of the jars, compared with the checksums once per process. @throws CannotRunKafka */
export const kafkaJars = (): Promise<string> => {
  verified ??= provide();
  return verified;
};
