/** Which code this process runs: what it folds may depend on any of it. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIBS = fileURLToPath(new URL('../../../', import.meta.url));
/** Compiled, or as it is written where that is run. */
const [ROOM, CODE] = import.meta.url.endsWith('.ts') ? ['src', '.ts'] : ['dist', '.js'];

const rooms = (): readonly string[] =>
  [LIBS, join(LIBS, 'platform')]
    .flatMap((folder) => readdirSync(folder).map((project) => join(folder, project, ROOM)))
    .filter((room) => existsSync(room));

const filesOf = (room: string): readonly string[] =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(CODE))
    .map((name) => join(room, name));

/** SHA-256, hex, of every file of code of the libraries. */
export const codeDigest = (): string => {
  const digest = createHash('sha256');
  for (const file of rooms().flatMap(filesOf).toSorted())
    digest.update(file.slice(LIBS.length)).update('\0').update(readFileSync(file)).update('\0');
  return digest.digest('hex');
};
