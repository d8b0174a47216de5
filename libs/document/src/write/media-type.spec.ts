import { mediaTypeOf } from './media-type.js';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

const PNG = bytes(
  [0x89],
  'PNG\r\n',
  [0x1a, 0x0a, 0, 0, 0, 0x0d],
  'IHDR',
  [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0],
);

describe('what a file is', () => {
  it.each<[string, Uint8Array, string | undefined]>([
    ['a PDF', bytes('%PDF-1.7\n'), 'application/pdf'],
    ['a PNG', bytes([...PNG], [0, 0, 0, 0, 0, 0, 0, 0], 'IDAT', [0, 0, 0, 0]), 'image/png'],
    ['a JPEG', bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0x10], 'JFIF', [0]), 'image/jpeg'],
    ['a TIFF', bytes('II*', [0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 'image/tiff'],
    [
      'DICOM',
      bytes(
        Array.from({ length: 128 }, () => 0),
        'DICM',
      ),
      'application/dicom',
    ],
    ['HTML that calls itself anything', bytes('<html><script>alert(1)</script>'), undefined],
    [
      'a program',
      bytes(
        'MZ',
        Array.from({ length: 100 }, () => 0),
      ),
      undefined,
    ],
    ['an archive', bytes('PK', [3, 4, 20, 0, 0, 0, 0, 0]), undefined],
    ['text', bytes('Dear colleague'), undefined],
    ['a film with sound', bytes([0, 0, 0, 0x18], 'ftypmp42', [0, 0, 0, 0]), undefined],
    ['nothing', bytes(), undefined],
  ])('is told by its first bytes: %s', async (_what, file, type) => {
    expect(await mediaTypeOf(file)).toBe(type);
  });
});
