/**
 * The net: what the product makes of the frozen log and says of itself, kept as files. A change that means to leave
 * behaviour alone leaves these files alone; one that does not shows in them. `FASCIA_FREEZE_NET=1` writes them anew, and the
 * commit says why each difference is meant.
 */
import { hash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { auditModels, careModels, timerModels } from '@fascia/composition';
import type { Envelope } from '@fascia/kernel';
import { fingerprintOf, groupsOf, type ReadModel, type Row } from '@fascia/read-store';
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

/** A model as it was frozen: rows that are others than these are of another version. */
export interface FrozenFold {
  readonly version: number;
  readonly columns: string;
  /** Of the log that was folded, and of the rows that it came to. */
  readonly log: string;
  readonly rows: string;
}

const digest = (value: unknown): string => hash('sha256', JSON.stringify(plain(value))).slice(0, 16);

/** What a release ships without raising a version is never built: tables would keep the rows of the fold before. */
export const foldOf = (model: ReadModel, log: readonly Envelope[]): FrozenFold => ({
  version: model.version,
  columns: fingerprintOf(model),
  log: digest(log.map(({ id }) => id)),
  rows: digest(rowsOf(model, log)),
});

/** @returns a sentence when the model makes other rows, or has other columns, and says that it is the same */
export const forgottenVersion = (
  name: string,
  was: FrozenFold | undefined,
  is: FrozenFold,
): string | undefined => {
  if (was === undefined || is.version > was.version) return undefined;
  if (is.version < was.version) return `${name}: the version went back; it is ordered`;
  const changed = is.columns !== was.columns || (is.rows !== was.rows && is.log === was.log);
  return changed
    ? `${name}: its rows or columns changed and its version is still ${String(is.version)}: raise it in the model, then freeze the net again`
    : undefined;
};

const FOLDS = join(NET, 'folds.json');

export const frozenFolds = (): Readonly<Record<string, FrozenFold>> =>
  existsSync(FOLDS) ? (JSON.parse(readFileSync(FOLDS, 'utf8')) as Record<string, FrozenFold>) : {};

/** Only while freezing; what forgot its version is never frozen. */
export const freezeFolds = (folds: Readonly<Record<string, FrozenFold>>): void => {
  if (FREEZING || !existsSync(FOLDS)) writeFileSync(FOLDS, `${JSON.stringify(folds, null, 1)}\n`);
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
