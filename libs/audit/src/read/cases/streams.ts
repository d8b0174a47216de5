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
  readonly 'read.precaution': { readonly id: string; readonly patient_id: string };
};

const db = tables<Tables>();

const ordered = compiled(
  db
    .selectFrom('read.referral')
    .select(['patient_id', 'content', 'earlier'])
    .where('id', '=', parameter<string>('id')),
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
  readonly patientId: string;
  readonly streams: readonly StreamName[];
}

/** @returns nothing of a referral that the tables do not know */
export const caseOf = async (rows: Rows, id: string): Promise<Case | undefined> => {
  const [order] = await ordered.ask(rows, { id });
  if (order === undefined) return undefined;
  const { patient_id: patientId, content, earlier } = order;
  const parts = await came.ask(rows, { id, patientId });
  const diagnoses = [content, ...earlier.map((one) => one.content)].flatMap(
    ({ diagnosisIds }) => diagnosisIds ?? [],
  );
  return {
    patientId,
    streams: [
      `referral-${id}`,
      ...new Set(diagnoses.map((one): StreamName => `diagnosis-${one}`)),
      ...parts.map((part): StreamName => `${part.category}-${part.id}`),
    ],
  };
};
