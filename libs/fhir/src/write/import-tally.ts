/** What became of the things of a file: counted as things, and told with where the first of them stand. */
import type { Outcome } from '@fascia/write-door';
import type { FileReading } from '../bundle/file.js';
import type { ImportReport } from '../contract/events.js';
import type { Imported } from './import-commands.js';

export type Result =
  | { readonly as: 'added' | 'changed' | 'unchanged' }
  | { readonly as: 'different' | 'refused' | 'ignored'; readonly code: string };

/** The source says otherwise than the record, and a person has to settle it. */
const DIFFERENT = ['SOURCE_DIFFERS', 'SOURCE_OLDER', 'SOURCE_OTHER_PERSON', 'FACT_MOVED'];
/** Entries of the directory, which not everybody keeps who imports patients. */
const KEPT_BY_OTHERS: readonly Imported['kind'][] = ['organization', 'practitioner'];

export const resultOf = (outcome: Outcome, kind: Imported['kind']): Result => {
  switch (outcome.kind) {
    case 'done':
      // What no file proposed has an end that nobody sees.
      if (kind === 'ending' && outcome.stage === 'none') return { as: 'ignored', code: 'not-imported' };
      // Kept with what a person confirmed, who is told.
      if (kind === 'ending' && outcome.stage === 'confirmed')
        return { as: 'different', code: 'SOURCE_DIFFERS' };
      return { as: outcome.repeated ? 'unchanged' : outcome.created ? 'added' : 'changed' };
    case 'refused': {
      const { code } = outcome.refusal;
      if (DIFFERENT.includes(code)) return { as: 'different', code };
      // What is taken back of somebody who is not here was never taken.
      return { as: kind === 'retraction' && code === 'PATIENT_UNKNOWN' ? 'ignored' : 'refused', code };
    }
    case 'forbidden':
    case 'notFound':
      return KEPT_BY_OTHERS.includes(kind)
        ? { as: 'ignored', code: 'not-yours-to-enter' }
        : { as: 'refused', code: outcome.kind === 'forbidden' ? 'not-permitted' : 'not-found' };
    case 'stale':
    case 'keyReused':
      return { as: 'refused', code: outcome.kind };
  }
};

/** As FHIR calls what else the report calls by what it is here. */
const RESOURCES: Readonly<Record<string, string>> = {
  organization: 'Organization',
  practitioner: 'Practitioner',
  retraction: 'Condition',
};

const MOST_POINTERS = 20;

interface Told {
  readonly kind: string;
  readonly code: string;
  count: number;
  readonly pointers: string[];
}

const tell = (among: Map<string, Told>, { kind, pointer }: Imported, code: string): void => {
  const told = among.get(`${kind} ${code}`) ?? { kind, code, count: 0, pointers: [] };
  among.set(`${kind} ${code}`, told);
  told.count += 1;
  if (told.pointers.length < MOST_POINTERS) told.pointers.push(pointer);
};

export class ImportTally {
  readonly #byKind: ImportReport['byKind'] = {};
  readonly #refusals = new Map<string, Told>();
  readonly #ignored = new Map<string, Told>();

  add(item: Imported, result: Result): void {
    // What ends nothing here is told as the resource that it is.
    if (result.as === 'ignored')
      return item.kind === 'ending' ? undefined : tell(this.#ignored, item, result.code);
    const kind = item.kind === 'ending' ? 'precaution' : item.kind;
    const counts = (this.#byKind[kind] ??= {
      added: 0,
      changed: 0,
      unchanged: 0,
      different: 0,
      refused: 0,
    });
    counts[result.as] += 1;
    if ('code' in result) tell(this.#refusals, item, result.code);
  }

  /** With what the file's reader left out before. */
  with({
    tallies,
    ignored,
    broken,
  }: FileReading): Pick<ImportReport, 'byKind' | 'resources' | 'ignored' | 'broken' | 'refusals'> {
    return {
      byKind: this.#byKind,
      resources: tallies.map((tally) => ({ ...tally })),
      ignored: [
        ...ignored.map((left) => ({ ...left, pointers: [...left.pointers] })),
        ...[...this.#ignored.values()].map(({ kind, code, ...rest }) => ({
          resourceType: RESOURCES[kind] ?? kind,
          why: code,
          ...rest,
        })),
      ],
      broken: broken.map((fault) => ({ ...fault })),
      refusals: [...this.#refusals.values()],
    };
  }
}
