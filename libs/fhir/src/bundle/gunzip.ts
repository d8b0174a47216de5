/** Gunzip with a bound: a few kilobytes may unpack to gigabytes. */
import { gunzipSync } from 'node:zlib';

export const GUNZIP_LIMIT_BYTES = 64 * 1024 * 1024;

/** More than the limit after unpacking. */
export class GunzipTooLarge extends Error {
  override readonly name = 'GunzipTooLarge';
}

/** The data ends before the archive does. */
export class GunzipTruncated extends Error {
  override readonly name = 'GunzipTruncated';
}

/** Not gzip, or damaged. */
export class GunzipDamaged extends Error {
  override readonly name = 'GunzipDamaged';
}

const codeOf = (error: unknown): unknown => (typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined);

/** @throws GunzipTooLarge, GunzipTruncated or GunzipDamaged; nothing beyond the limit is ever held in memory. */
export const gunzipBounded = (packed: Buffer, limitBytes: number = GUNZIP_LIMIT_BYTES): Buffer => {
  try {
    return gunzipSync(packed, { maxOutputLength: limitBytes });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new GunzipTooLarge(`more than ${String(limitBytes)} bytes after unpacking`, { cause: error });
    }
    if (code === 'Z_BUF_ERROR') throw new GunzipTruncated('the archive ends too early', { cause: error });
    if (typeof code === 'string' && code.startsWith('Z_')) throw new GunzipDamaged('not a whole gzip archive', { cause: error });
    throw error;
  }
};
