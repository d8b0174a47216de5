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

/** Nearly nobody was: asked first, so that the rest costs nothing. */
const wasMerged = (patientId: Expression<string>) =>
  db
    .selectFrom('read.patient as m')
    .where((of) =>
      of.or([
        of.and([of('m.id', '=', patientId), of('m.merged_into', 'is not', null)]),
        of('m.merged_into', '=', patientId),
      ]),
    )
    .select(sql.lit(1).as('one'));

/** Ids of all records of the person that a record is of; of that one alone when nothing was merged. */
export const recordsOf = (patientId: Expression<string>): Expression<readonly string[]> =>
  sql`case when exists(${wasMerged(patientId)}) then array(${every(patientId)}) else array[${patientId}::text] end`;

/** For a filter of a list: rows of any record of the person. */
export const ofPerson = (patientId: Expression<string>): Condition =>
  sql`${sql.ref('t.patient_id')} = any(${recordsOf(patientId)})`;
