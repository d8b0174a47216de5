/** What belongs to a case: the order, what came of it, and what it was decided on. Which streams that is, the tables know. */
import type { AssessmentRow } from '@fascia/assessment';
import type { PatientRow } from '@fascia/directory';
import type { Category, Rows, StreamName } from '@fascia/kernel';
import type { PlanRow } from '@fascia/plan';
import { compiled, parameter, tables } from '@fascia/read-store';
import type { ReferralRow } from '@fascia/referral';
import type { FlagRow } from '@fascia/safety';
import type { SessionRow } from '@fascia/session';
import type { TaskRow } from '@fascia/task';
import { sql } from 'kysely';

interface Tables {
  readonly 'read.referral': ReferralRow;
  readonly 'read.patient': PatientRow;
  readonly 'read.plan': PlanRow;
  readonly 'read.session': SessionRow;
  readonly 'read.assessment': AssessmentRow;
  readonly 'read.task': TaskRow;
  readonly 'read.flag': FlagRow;
  readonly 'read.precaution': { readonly id: string; readonly patient_id: string };
}

type Under = 'read.plan' | 'read.session' | 'read.assessment' | 'read.task' | 'read.flag';

const db = tables<Tables>();

const ordered = compiled(
  db
    .selectFrom('read.referral as r')
    .leftJoin('read.patient as p', 'p.id', 'r.patient_id')
    .select(['r.patient_id', 'r.content', 'r.earlier', 'p.name', 'p.birth_date'])
    .where('r.id', '=', parameter<string>('id')),
);

const named = (category: Category) => sql<Category>`${sql.lit(category)}::text`.as('category');

const under = (table: Under, category: Category) =>
  db
    .selectFrom(table)
    .select(['id', named(category)])
    .where('referral_id', '=', parameter<string>('id'));

const came = compiled(
  under('read.plan', 'plan')
    .unionAll(under('read.session', 'session'))
    .unionAll(under('read.assessment', 'assessment'))
    .unionAll(under('read.task', 'task'))
    .unionAll(under('read.flag', 'flag'))
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
      `deadline-${id}`,
      ...new Set(diagnoses.map((one): StreamName => `diagnosis-${one}`)),
      ...parts.map((part): StreamName => `${part.category}-${part.id}`),
    ],
  };
};
