/** The development issuer's keys live with the data: a restart must not sign people out. */
import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JSONWebKeySet, type JWK } from 'jose';
import { z } from 'zod';

export interface IssuerKeys {
  /** With the private part. */
  readonly signing: readonly JWK[];
  /** Newest first. */
  readonly cookies: readonly string[];
}

const ALGORITHM = 'RS256';
const FILE = 'issuer-keys.json';

const stored = z.object({
  signing: z.array(z.looseObject({ kty: z.string(), kid: z.string(), d: z.string() })).min(1),
  cookies: z.array(z.string().min(32)).min(1),
});

const create = async (): Promise<IssuerKeys> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    signing: [{ ...jwk, kid, use: 'sig', alg: ALGORITHM }],
    cookies: [randomBytes(32).toString('base64url')],
  };
};

const read = async (path: string): Promise<IssuerKeys | undefined> => {
  try {
    return stored.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw new Error(
      `the development issuer's keys in ${FILE} cannot be read; delete the file to make new ones (everybody signs in again)`,
      { cause: error },
    );
  }
};

/** Written whole and then linked: two processes that start at once end up with the same keys, a crash with none. */
export const loadIssuerKeys = async (dataDir: string): Promise<IssuerKeys> => {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, FILE);
  const known = await read(path);
  if (known !== undefined) {
    await chmod(path, 0o600);
    return known;
  }
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, JSON.stringify(await create()), { mode: 0o600, flag: 'wx' });
    await link(draft, path).catch((error: unknown) => {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return loadIssuerKeys(dataDir);
};

const PUBLIC_PARTS = ['kty', 'kid', 'use', 'alg', 'n', 'e', 'crv', 'x', 'y'] as const;

export const publicPart = ({ signing }: IssuerKeys): JSONWebKeySet => ({
  keys: signing.map(
    (key) =>
      Object.fromEntries(
        PUBLIC_PARTS.flatMap((name) => (key[name] === undefined ? [] : [[name, key[name]]])),
      ) as unknown as JWK & { kty: string },
  ),
});
