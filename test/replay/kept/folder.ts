/** A folder as one compressed file, and back: what `npm start` left behind is kept as it lay there. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

interface Entry {
  readonly path: string;
  readonly mode: number;
  /** Absent for a folder. */
  readonly size?: number;
}

const LENGTH_BYTES = 4;
/** PostgreSQL's templates are the same twice over, megabytes apart. */
const WINDOW_LOG = 27;

const entriesIn = (root: string, leaveOut: readonly string[]): readonly Entry[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, path: relative(root, join(entry.parentPath, entry.name)) }))
    .filter(
      ({ entry, path }) =>
        (entry.isFile() || entry.isDirectory()) &&
        !leaveOut.some((name) => path === name || path.startsWith(`${name}/`)),
    )
    .map(({ entry, path }) => {
      const { mode, size } = statSync(join(root, path));
      return entry.isDirectory() ? { path, mode } : { path, mode, size };
    })
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));

/** @param leaveOut paths in the folder, with all that is in them */
export const packed = (root: string, leaveOut: readonly string[]): Buffer => {
  const entries = entriesIn(root, leaveOut);
  const index = Buffer.from(JSON.stringify(entries));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(index.length);
  const files = entries
    .filter(({ size }) => size !== undefined)
    .map(({ path }) => readFileSync(join(root, path)));
  return zstdCompressSync(Buffer.concat([length, index, ...files]), {
    params: {
      [constants.ZSTD_c_compressionLevel]: 19,
      [constants.ZSTD_c_enableLongDistanceMatching]: 1,
      [constants.ZSTD_c_windowLog]: WINDOW_LOG,
    },
  });
};

export const unpack = (bytes: Buffer, root: string): void => {
  const all = zstdDecompressSync(bytes, { params: { [constants.ZSTD_d_windowLogMax]: WINDOW_LOG } });
  const start = LENGTH_BYTES + all.readUInt32BE(0);
  const entries = JSON.parse(all.subarray(LENGTH_BYTES, start).toString('utf8')) as readonly Entry[];
  mkdirSync(root, { recursive: true });
  let at = start;
  for (const { path, size } of entries) {
    const place = join(root, path);
    if (size === undefined) mkdirSync(place, { recursive: true });
    else writeFileSync(place, all.subarray(at, (at += size)));
  }
  for (const { path, mode } of entries) chmodSync(join(root, path), mode);
};

/** As root, PostgreSQL runs as somebody else: what is unpacked is theirs, as it was. */
export const giveToPostgres = (cluster: string): void => {
  if (process.getuid?.() !== 0) return;
  const given = ['postgres', 'nobody'].some((name) => spawnSync('chown', ['-R', name, cluster]).status === 0);
  if (!given) throw new Error('there is no account "postgres" or "nobody" to give the kept folder to');
};
