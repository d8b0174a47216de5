/** What belongs to a case: the order, what came of it, and what it was decided on. Which streams that is, the tables know. */
import type { Category, Rows, StreamName } from '@fascia/kernel';
import { compiled, parameter, tables } from '@fascia/read-store';
import type { ReferralRow } from '@fascia/referral';
import { sql } from 'kysely';

interface UnderReferral {
  readonly id: string;
  readonly referral_id: string | null;
}

type Tables = Readonly<
  Record<`read.${'task' | 'plan' | 'session' | 'assessment' | 'flag'}`, UnderReferral>
> & {
  readonly 'read.referral': ReferralRow;
  readonly 'read.patient': { readonly id: string; readonly name: string; readonly birth_date: string };
  readonly 'read.precaution': { readonly id: string; readonly patient_id: string };
};

const db = tables<Tables>();

const ordered = compiled(
  db
    .selectFrom('read.referral as r')
    .leftJoin('read.patient as p', 'p.id', 'r.patient_id')
    .select(['r.patient_id', 'r.content', 'r.earlier', 'p.name', 'p.birth_date'])
    .where('r.id', '=', parameter<string>('id')),
);

const named = (category: Category) => sql<Category>`${sql.lit(category)}::text`.as('category');

const under = (category: 'task' | 'plan' | 'session' | 'assessment' | 'flag') =>
  db
    .selectFrom(`read.${category}`)
    .select(['id', named(category)])
    .where('referral_id', '=', parameter<string>('id'));

const came = compiled(
  under('plan')
    .unionAll(under('session'))
    .unionAll(under('assessment'))
    .unionAll(under('task'))
    .unionAll(under('flag'))
    .unionAll(
      db
        .selectFrom('read.precaution')
        .select(['id', named('precaution')])
        .where('patient_id', '=', parameter<string>('patientId')),
    ),
);

export interface Case {
  readonly patient: { readonly id: string; readonly name: string | null; readonly birthDate: string | null };
  readonly streams: readonly StreamName[];
}

/** @returns nothing of a referral that the tables do not know */
export const caseOf = async (rows: Rows, id: string): Promise<Case | undefined> => {
  const [order] = await ordered.ask(rows, { id });
  if (order === undefined) return undefined;
  const { patient_id: patientId, content, earlier, name, birth_date: birthDate } = order;
  const parts = await came.ask(rows, { id, patientId });
  const diagnoses = [content, ...earlier.map((one) => one.content)].flatMap(
    ({ diagnosisIds }) => diagnosisIds ?? [],
  );
  return {
    patient: { id: patientId, name, birthDate },
    streams: [
      `referral-${id}`,
      ...new Set(diagnoses.map((one): StreamName => `diagnosis-${one}`)),
      ...parts.map((part): StreamName => `${part.category}-${part.id}`),
    ],
  };
};
