/**
 * What tables lack: streams that are parked, and those of whose events some were passed over. Neither can be seen in the table
 * itself, so whoever answers from it, and must not answer as if all were there, asks here.
 */
import type { Rows } from '@fascia/kernel';
import { tablesIn } from './fitting-rows.js';

/** Of live tables: what one that is being built lacks concerns nobody yet. */
const PARKED = 'read.parked p join read.model m on m.name = p.model and m.generation = p.generation';

/** A stream of which it is not known whose it is may be anybody's. */
const ABOUT = `select distinct p.model, p.patient_id as patient from ${PARKED} where p.patient_id = any($1) or p.patient_id is null`;

interface Round {
  readonly people: Set<string>;
  readonly found: Promise<readonly { readonly model: string; readonly patient: string | null }[]>;
}

/**
 * Names of the models that lack something about a person. Those who ask while a query is under way share the next one, so that an
 * answer is never older than its question, and commands that come together ask once.
 */
export class LackingModels {
  #next: Round | undefined;
  #asking: Promise<unknown> = Promise.resolve();

  constructor(private readonly rows: Rows) {}

  /** @param patientId absent for a question that names nobody: what is lacking about anybody may be what it asks for */
  async about(patientId: string | undefined): Promise<ReadonlySet<string>> {
    if (patientId === undefined) {
      const all = await this.rows.query<{ model: string }>(`select distinct p.model from ${PARKED}`);
      return new Set(all.map(({ model }) => model));
    }
    const round = (this.#next ??= this.#begin());
    round.people.add(patientId);
    const found = await round.found;
    return new Set(
      found.filter(({ patient }) => patient === null || patient === patientId).map(({ model }) => model),
    );
  }

  #begin(): Round {
    const people = new Set<string>();
    const found = this.#asking.then(() => {
      this.#next = undefined;
      return this.rows.query<{ model: string; patient: string | null }>(ABOUT, [[...people]]);
    });
    this.#asking = found.catch(() => undefined);
    return { people, found };
  }
}

/**
 * Rows of tables that lack nothing that is asked for.
 * @param lacking names of models
 * @param refused what is thrown; those that a query reads are given
 */
export const rowsOfWhole = (
  rows: Rows,
  lacking: ReadonlySet<string>,
  refused: (models: readonly string[]) => Error,
): Rows =>
  lacking.size === 0
    ? rows
    : {
        query: (text, values) => {
          const lacked = tablesIn(text).filter((name) => lacking.has(name));
          return lacked.length === 0 ? rows.query(text, values) : Promise.reject(refused(lacked));
        },
      };

export interface LackedBy {
  /** Names of models. */
  readonly models: readonly string[];
  /** Streams about one of these people, or whose thing has that id; all streams when absent. */
  readonly only?: { readonly patients: readonly string[]; readonly id: string | undefined };
}

/** How many streams tables lack, or lack something of. */
export const streamsLacking = async (rows: Rows, { models, only }: LackedBy): Promise<number> => {
  const [found] = await rows.query<{ streams: number }>(
    `select count(distinct p.stream)::int as streams from ${PARKED}
     where p.model = any($1) and ($2::text[] is null or p.patient_id = any($2) or p.stream like '%-' || $3::text)`,
    [models, only?.patients ?? null, only?.id ?? null],
  );
  return found?.streams ?? 0;
};
