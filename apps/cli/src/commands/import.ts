import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FILE_ENDINGS, headersOf, inOrder, isImportable } from '@fascia/fhir/rules';
import { SingleBar, Presets } from 'cli-progress';
import { Command } from 'commander';
import { call, withConnection, type Connection } from '../client.js';
import { Failure } from '../failure.js';
import type { Far } from '../parts.js';

interface Counts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly different: number;
  readonly refused: number;
}

interface Report {
  readonly byKind: Readonly<Record<string, Counts>>;
  readonly resources: readonly { readonly read: number }[];
  readonly ignored: readonly {
    readonly resourceType: string;
    readonly why: string;
    readonly count: number;
  }[];
  readonly broken: readonly { readonly pointer: string; readonly why: string; readonly dropped: string }[];
  readonly refusals: readonly {
    readonly kind: string;
    readonly code: string;
    readonly count: number;
    readonly pointers: readonly string[];
  }[];
}

interface Options extends Connection {
  readonly organization?: string;
  readonly source?: string;
}

/** Something is not on record that should be: to be told from a file that could not be imported at all. */
const LEFT_SOMETHING = 2;

const filesIn = (path: string): readonly string[] => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new Failure(`${path}: no such file or folder.`);
  return stats.isDirectory()
    ? inOrder(readdirSync(path).filter(isImportable), (name) => name).map((name) => join(path, name))
    : [path];
};

const send = (connection: Options, file: string, progress: (far: Far) => void): Promise<Report> => {
  const { organization, source } = connection;
  const query = new URLSearchParams({
    ...(organization === undefined ? {} : { organizationId: organization }),
    ...(source === undefined ? {} : { source }),
  });
  return call<Report>(connection, 'POST', `/api/v1/imports${query.size === 0 ? '' : `?${String(query)}`}`, {
    headers: headersOf(basename(file)),
    body: readFileSync(file),
    progress,
  });
};

/** Within a file: of a long one nobody waits in the dark. */
const farText = ({ step, done, total }: Far): string =>
  step === 'taking' ? `${String(done)}/${String(total)} things` : 'reading';

const PARTS = ['added', 'changed', 'unchanged', 'different', 'refused'] as const;

const tally = (reports: readonly Report[]): string => {
  const kinds = [...new Set(reports.flatMap((report) => Object.keys(report.byKind)))];
  const sum = (kind: string, part: (typeof PARTS)[number]): number =>
    reports.reduce((total, report) => total + (report.byKind[kind]?.[part] ?? 0), 0);
  const read = reports
    .flatMap(({ resources }) => resources)
    .reduce((total, { read: more }) => total + more, 0);
  const lines = kinds.map(
    (kind) =>
      `  ${kind.padEnd(14)}${PARTS.map((part) => `${String(sum(kind, part)).padStart(6)} ${part}`).join('')}`,
  );
  const ignored = new Map<string, number>();
  for (const { resourceType, why, count } of reports.flatMap((report) => report.ignored)) {
    ignored.set(`${resourceType} (${why})`, (ignored.get(`${resourceType} (${why})`) ?? 0) + count);
  }
  return [
    `${String(read)} resources read of ${String(reports.length)} ${reports.length === 1 ? 'file' : 'files'}.`,
    ...lines,
    ...(ignored.size === 0 ? [] : ['Left out:']),
    ...[...ignored].map(([what, count]) => `  ${String(count).padStart(6)}  ${what}`),
  ].join('\n');
};

/** What a person has to look at, with where it stands. */
const troubles = (file: string, { broken, refusals }: Report): readonly string[] => [
  ...broken.map(({ pointer, why, dropped }) => `  ${file} ${pointer}: ${why} (${dropped} left out)`),
  ...refusals.map(
    ({ kind, code, count, pointers }) =>
      `  ${file} ${kind}: ${String(count)} × ${code}, at ${pointers.slice(0, 3).join(', ')}${pointers.length > 3 ? ' …' : ''}`,
  ),
];

const sentence = (error: unknown): string => {
  if (error instanceof Failure) return error.message;
  throw error;
};

export const importCommand = (): Command =>
  withConnection(new Command('import'), 'physician-demo')
    .description(
      'import FHIR R4 (.json, .ndjson, also .gz): patients, practitioners, organisations, soft-tissue conditions',
    )
    .argument('<path...>', 'files, or folders of them')
    .option('--organization <id>', 'who holds the records; your own organisation when absent')
    .option('--source <uri>', "the source system; the organisation's own choice when absent")
    .addHelpText(
      'after',
      `
The same file again adds nothing. What the source changed since is taken over; where a record was corrected here, the source's other
word is told ("different") for a person to settle. One broken resource or file costs only itself.

Exit codes: 0 all that is imported of such files was taken; ${String(LEFT_SOMETHING)} something was refused, broken or different;
1 a file could not be imported.`,
    )
    .action(async (paths: readonly string[], options: Options) => {
      const files = paths.flatMap(filesIn);
      if (files.length === 0) throw new Failure(`No ${FILE_ENDINGS.join(', ')} file there.`);
      const bar = new SingleBar(
        { format: '{bar} {value}/{total} files {far}', noTTYOutput: false, stream: process.stderr },
        Presets.shades_classic,
      );
      bar.start(files.length, 0, { far: '' });
      const reports: Report[] = [];
      const told: string[] = [];
      const failed: string[] = [];
      try {
        for (const file of files) {
          try {
            const report = await send(options, file, (far) => bar.update({ far: farText(far) }));
            reports.push(report);
            told.push(...troubles(file, report));
          } catch (error) {
            failed.push(`  ${file}: ${sentence(error)}`);
          }
          bar.increment({ far: '' });
        }
      } finally {
        bar.stop();
      }
      process.stdout.write(`${[tally(reports), ...told].join('\n')}\n`);
      if (failed.length > 0)
        throw new Failure(
          `${String(failed.length)} of ${String(files.length)} files could not be imported:\n${failed.join('\n')}`,
        );
      if (told.length > 0) process.exitCode = LEFT_SOMETHING;
    });
