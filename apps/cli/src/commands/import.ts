import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar, Presets } from 'cli-progress';
import { Command } from 'commander';
import { call, withConnection, type Connection } from '../client.js';
import { Failure } from '../failure.js';

interface Report {
  readonly byKind: Readonly<
    Record<string, { readonly added: number; readonly unchanged: number; readonly refused: number }>
  >;
  readonly ignored: readonly {
    readonly resourceType: string;
    readonly why: string;
    readonly count: number;
  }[];
  readonly broken: readonly { readonly pointer: string; readonly why: string }[];
  readonly refusals: readonly { readonly kind: string; readonly code: string; readonly count: number }[];
}

const isBundle = (name: string): boolean => name.endsWith('.json') || name.endsWith('.json.gz');

const filesIn = (path: string): readonly string[] => {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new Failure(`${path}: no such file or folder.`);
  return stats.isDirectory()
    ? readdirSync(path)
        .filter(isBundle)
        .toSorted()
        .map((name) => join(path, name))
    : [path];
};

const send = (connection: Connection, file: string, organization: string | undefined): Promise<Report> =>
  call<Report>(
    connection,
    'POST',
    `/api/v1/imports${organization === undefined ? '' : `?organizationId=${encodeURIComponent(organization)}`}`,
    {
      headers: {
        'content-type': 'application/fhir+json',
        ...(file.endsWith('.gz') ? { 'content-encoding': 'gzip' } : {}),
      },
      body: readFileSync(file),
    },
  );

const tally = (reports: readonly Report[]): string => {
  const kinds = [...new Set(reports.flatMap((report) => Object.keys(report.byKind)))];
  const sum = (kind: string, part: 'added' | 'unchanged' | 'refused'): number =>
    reports.reduce((total, report) => total + (report.byKind[kind]?.[part] ?? 0), 0);
  const lines = kinds.map(
    (kind) =>
      `  ${kind.padEnd(14)}${String(sum(kind, 'added')).padStart(6)} added${String(sum(kind, 'unchanged')).padStart(6)} unchanged${String(sum(kind, 'refused')).padStart(6)} refused`,
  );
  const ignored = new Map<string, number>();
  for (const { resourceType, why, count } of reports.flatMap((report) => report.ignored)) {
    ignored.set(`${resourceType} (${why})`, (ignored.get(`${resourceType} (${why})`) ?? 0) + count);
  }
  return [
    ...lines,
    ...(ignored.size === 0 ? [] : ['Left out:']),
    ...[...ignored].map(([what, count]) => `  ${String(count).padStart(6)}  ${what}`),
  ].join('\n');
};

export const importCommand = (): Command =>
  withConnection(new Command('import'), 'physician-demo')
    .description(
      'import FHIR R4 bundles (.json, .json.gz): patients, practitioners, organisations, soft-tissue conditions',
    )
    .argument('<path...>', 'files, or folders of them')
    .option('--organization <id>', 'who holds the records; your own organisation when absent')
    .addHelpText(
      'after',
      '\nThe same file again adds nothing. A broken resource is reported by its JSON pointer and the rest is taken.',
    )
    .action(async (paths: readonly string[], options: Connection & { readonly organization?: string }) => {
      const files = paths.flatMap(filesIn);
      if (files.length === 0) throw new Failure('No .json or .json.gz file there.');
      const bar = new SingleBar(
        { format: '{bar} {value}/{total} files', noTTYOutput: false, stream: process.stderr },
        Presets.shades_classic,
      );
      bar.start(files.length, 0);
      const reports: Report[] = [];
      try {
        for (const file of files) {
          reports.push(await send(options, file, options.organization));
          bar.increment();
        }
      } finally {
        bar.stop();
      }
      process.stdout.write(`${tally(reports)}\n`);
      reports.forEach((report, index) => {
        for (const { pointer, why } of report.broken)
          process.stdout.write(`  ${files[index] ?? ''} ${pointer}: ${why}\n`);
        for (const { kind, code, count } of report.refusals)
          process.stdout.write(`  ${files[index] ?? ''} ${kind}: ${String(count)} × ${code}\n`);
      });
    });
