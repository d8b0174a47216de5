import { gzipSync } from 'node:zlib';
import { GunzipDamaged, GunzipTooLarge, GunzipTruncated, gunzipBounded } from './gunzip.js';

describe('a gzip archive', () => {
  const content = Buffer.from('{"resourceType":"Bundle"}'.repeat(1000));

  it('is unpacked up to the limit', () => {
    expect(gunzipBounded(gzipSync(content), content.length)).toEqual(content);
  });

  it('is refused beyond the limit', () => {
    expect(() => gunzipBounded(gzipSync(content), content.length - 1)).toThrow(GunzipTooLarge);
  });

  it('is refused when a little holds very much', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect(() => gunzipBounded(bomb)).toThrow(GunzipTooLarge);
  });

  it.each([0, 5, 20, 40])('is refused when it ends after %d bytes', (length) => {
    expect(() => gunzipBounded(gzipSync(content).subarray(0, length))).toThrow(GunzipTruncated);
  });

  it('is refused when it is damaged or none', () => {
    const damaged = gzipSync(content);
    damaged[damaged.length - 6] = (damaged[damaged.length - 6] ?? 0) ^ 0xff;
    expect(() => gunzipBounded(damaged)).toThrow(GunzipDamaged);
    expect(() => gunzipBounded(Buffer.from('{"resourceType":"Bundle"}'))).toThrow(GunzipDamaged);
  });
});
