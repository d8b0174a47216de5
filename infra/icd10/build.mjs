/**
 * Makes libs/clinical/data/icd10cm.txt.gz from official ICD-10-CM files. A developer runs it when a release
 * is added, oldest release first, and commits the result; see README.md beside it.
 *
 *   node infra/icd10/build.mjs --out libs/clinical/data/icd10cm.txt.gz \
 *     --release order,FY2021,2020-10-01,2021-09-30,<file> --release tabular,2026-04,2026-04-01,,<file>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readOrder } from './order.mjs';
import { readTabular } from './tabular.mjs';

const READERS = { order: readOrder, tabular: readTabular };

const readSource = (file) => {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

const readRelease = (argument) => {
  const [format, id, from, to, file] = argument.split(',');
  const reader = READERS[format];
  if (reader === undefined || file === undefined)
    throw new Error(`--release takes format,id,from,to,file: ${argument}`);
  return { id, from, to, ...reader(readSource(file)) };
};

const billableCount = ({ rows }) =>
  rows.filter(({ leaf }) => leaf).reduce((sum, { sevenths }) => sum + (sevenths?.length ?? 1), 0);

/** Sets of endings, most used first, named by their place. */
const seventhSets = (releases) => {
  const uses = new Map();
  for (const { sevenths } of releases.flatMap(({ rows }) => rows)) {
    if (sevenths === undefined) continue;
    const key = [...sevenths]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([character, meaning]) => `${character}=${meaning}`)
      .join('\t');
    uses.set(key, [...(uses.get(key) ?? []), sevenths]);
  }
  const sets = [...uses].sort(([, a], [, b]) => b.length - a.length);
  return {
    lines: sets.map(([key], index) => `sevenths\t${String(index)}\t${key}`),
    placeOf: new Map(sets.flatMap(([, used], index) => used.map((sevenths) => [sevenths, String(index)]))),
  };
};

const statusOf = (row, placeOf) => {
  if (row === undefined) return '-';
  if (!row.leaf) return 'h';
  return row.sevenths === undefined ? 'b' : placeOf.get(row.sevenths);
};

/** The newest release words the row; older releases add only what they word differently. */
const codeLines = (code, rows, placeOf) => {
  const newest = rows.findLast((row) => row !== undefined);
  const older = rows.flatMap((row, index) =>
    row === undefined || row.text === newest.text ? [] : [`<${String(index)}\t${row.text}`],
  );
  return [
    `${code}\t${rows.map((row) => statusOf(row, placeOf)).join(',')}\t${newest.text}`,
    ...older,
    ...newest.terms.map((term) => `+${term}`),
    ...newest.excludes1.map((note) => `!${note}`),
  ];
};

const build = (releases) => {
  const byCode = releases.map(({ rows }) => new Map(rows.map((row) => [row.code, row])));
  const codes = [...new Set(byCode.flatMap((rows) => [...rows.keys()]))].sort();
  const sets = seventhSets(releases);
  return [
    'fascia-icd10cm 1',
    ...releases.map(({ id, from, to }) => `release\t${id}\t${from}\t${to}`),
    ...sets.lines,
    ...releases
      .at(-1)
      .blocks.map(({ first, last, excludes1 }) => ['block', first, last, ...excludes1].join('\t')),
    ...codes.flatMap((code) =>
      codeLines(
        code,
        byCode.map((rows) => rows.get(code)),
        sets.placeOf,
      ),
    ),
    '',
  ].join('\n');
};

const { values } = parseArgs({
  options: { out: { type: 'string' }, release: { type: 'string', multiple: true } },
});
const releases = (values.release ?? []).map(readRelease);
if (values.out === undefined || releases.length === 0)
  throw new Error('--out and at least one --release are needed');
const data = gzipSync(build(releases), { level: 9 });
writeFileSync(values.out, data);
for (const release of releases) {
  process.stdout.write(
    `${release.id}: ${String(release.rows.length)} nodes, ${String(billableCount(release))} billable codes\n`,
  );
}
process.stdout.write(`${values.out}: ${String(data.length)} bytes\n`);
