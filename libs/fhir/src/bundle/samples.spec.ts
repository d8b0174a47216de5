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

  it.each(files)('%s is counted as who counts its entries counts it', (file) => {
    const text = gunzipSync(readFileSync(new URL(file, FOLDER))).toString('utf8');
    const { entry } = JSON.parse(text) as { entry: { resource: { resourceType: string } }[] };
    const types = Map.groupBy(entry, ({ resource }) => resource.resourceType);
    const { tallies, ignored } = read(file);
    expect(new Map(tallies.map(({ resourceType, read: count }) => [resourceType, count]))).toEqual(
      new Map([...types].map(([type, of]) => [type, of.length])),
    );
    const sum = (key: 'taken' | 'ignored' | 'broken') =>
      tallies.reduce((total, tally) => total + tally[key], 0);
    expect(sum('taken') + sum('ignored') + sum('broken')).toBe(entry.length);
    expect(ignored.reduce((total, { count }) => total + count, 0)).toBe(sum('ignored'));
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
