import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { BundleReading } from './items.js';
import { readBundle } from './read-bundle.js';

const FOLDER = new URL('../../../../data/samples/synthea-r4/', import.meta.url);
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json.gz'));
const read = (file: string): BundleReading =>
  readBundle(JSON.parse(gunzipSync(readFileSync(new URL(file, FOLDER))).toString('utf8')));

describe('the sample bundles', () => {
  it('are six', () => {
    expect(files).toHaveLength(6);
  });

  it.each(files)('%s reads whole, with one patient and a soft-tissue condition', (file) => {
    const { items, broken } = read(file);
    expect(broken).toEqual([]);
    expect(items.filter(({ kind }) => kind === 'patient')).toHaveLength(1);
    expect(items.some(({ kind }) => kind === 'condition')).toBe(true);
  });

  it('show each soft-tissue condition of the generator', () => {
    const proposals = files.flatMap((file) =>
      read(file).items.flatMap((item) => (item.kind === 'condition' ? [item.proposal.icd10 ?? 'none'] : [])),
    );
    expect(new Set(proposals)).toEqual(
      new Set(['S13.4XXD', 'S46.009D', 'S63.509D', 'S83.419D', 'S83.519D', 'S93.409D', 'none']),
    );
  });
});
