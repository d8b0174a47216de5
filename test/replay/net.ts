/**
 * The net: what the product makes of the frozen log and says of itself, kept as files. A change that means to leave
 * behaviour alone leaves these files alone; one that does not shows in them. `FASCIA_FREEZE_NET=1` writes them anew, and the
 * commit says why each difference is meant.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { auditModels, careModels, timerModels } from '@fascia/composition';
import type { Envelope } from '@fascia/kernel';
import { groupsOf, type ReadModel, type Row } from '@fascia/read-store';
import { NET } from './frozen-log.js';

const FREEZING = process.env['FASCIA_FREEZE_NET'] === '1';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
};

/** As JSON has it: what is undefined is absent. */
const plain = (value: unknown): unknown => sorted(JSON.parse(JSON.stringify(value)));

/** @returns what was frozen under a name, and what it is now */
export const held = (name: string, now: unknown): { readonly frozen: unknown; readonly now: unknown } => {
  const path = join(NET, name);
  const packed = name.endsWith('.gz');
  const current = plain(now);
  if (FREEZING || !existsSync(path)) {
    const text = `${JSON.stringify(current, null, packed ? 0 : 1)}\n`;
    writeFileSync(path, packed ? gzipSync(text, { level: 9 }) : text);
  }
  const bytes = readFileSync(path);
  return {
    frozen: JSON.parse((packed ? gunzipSync(bytes) : bytes).toString('utf8')) as unknown,
    now: current,
  };
};

/** The rows of a model after every event of a log, by id. */
export const rowsOf = (model: ReadModel, log: readonly Envelope[]): Readonly<Record<string, Row>> => {
  const groups = groupsOf(model);
  const rows = new Map<string, readonly Row[]>();
  for (const event of log.filter(({ type }) => model.takes.includes(type)))
    for (const group of groups.of(event)) rows.set(group, groups.fold(rows.get(group) ?? [], event, group));
  return Object.fromEntries([...rows.values()].flat().map((row) => [row.id, row]));
};

export const everyModel: readonly ReadModel[] = [...careModels, ...auditModels, ...timerModels];
