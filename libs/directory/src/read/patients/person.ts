/**
 * The records of one person, for lists: the rows say whom each record was merged into, one step of the chain at a time, as the steps
 * may be of different slices. Guards ask streams instead (write/person.ts).
 */
import { tables, type Condition } from '@fascia/read-store';
import { sql, type Expression } from 'kysely';
import type { PatientRow } from './model.js';

interface Tables {
  readonly 'read.patient': Pick<PatientRow, 'id' | 'merged_into'>;
}

const db = tables<Tables>();

/** From a record to the end of its chain. */
const upFrom = (patientId: Expression<string>) =>
  db.withRecursive('up(id, merged_into)', (with_) =>
    with_
      .selectFrom('read.patient as p')
      .where('p.id', '=', patientId)
      .select(['p.id', 'p.merged_into'])
      .union(
        with_
          .selectFrom('read.patient as p')
          .innerJoin('up', 'up.merged_into', 'p.id')
          .select(['p.id', 'p.merged_into']),
      ),
  );

/** The record that stands for the person. */
export const survivorOf = (patientId: Expression<string>): Expression<string> =>
  sql`(${upFrom(patientId).selectFrom('up').where('up.merged_into', 'is', null).select('up.id')})`;

const every = (patientId: Expression<string>) =>
  upFrom(patientId)
    .withRecursive('person(id)', (with_) =>
      with_
        .selectFrom('up')
        .where('up.merged_into', 'is', null)
        .select('up.id')
        .union(
          with_
            .selectFrom('read.patient as p')
            .innerJoin('person', 'person.id', 'p.merged_into')
            .select('p.id'),
        ),
    )
    .selectFrom('person')
    .select('person.id');

/** Records that were merged, and those that they were merged into. Few: asked first, so that the rest costs nothing. */
const merged = db
  .selectFrom('read.patient as m')
  .where('m.merged_into', 'is not', null)
  .select('m.id')
  .unionAll(
    db
      .selectFrom('read.patient as m')
      .where('m.merged_into', 'is not', null)
      .select(sql<string>`${sql.ref('m.merged_into')}`.as('id')),
  );

/** Whether a record is one of several. */
export const isOneOfSeveral = (patientId: Expression<string>): Condition => sql`${patientId} in (${merged})`;

/** Ids of all records of the person that a record is of. */
export const recordsOf = (patientId: Expression<string>): Expression<readonly string[]> =>
  sql`array(${every(patientId)})`;

/** For a filter of a list: rows of any record of the person; of the one alone when nothing was merged, or no row says whose it is. */
export const ofPerson = (patientId: Expression<string>): Condition =>
  sql`${sql.ref('t.patient_id')} = any(array_append(${recordsOf(patientId)}, ${patientId}::text))`;
