/** Pairs of records that may be of one person, side by side, for whoever settles which are. */
import { answer, decimal, many, oneOfCodes, orNull, uuid, words, yesOrNo } from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneOf, tables, type Asking } from '@fascia/read-store';
import { sql, type Expression } from 'kysely';
import { SEXES_AT_BIRTH } from '../../contract/events.js';
import { pairScopeOf, partiesOfRecord, relationsTo, type WithRelations } from '../care-team/scope.js';
import { identifiersCompared } from './identifiers.js';
import { matchOf, rulesFor } from './match.js';
import { AGREEMENTS, LIKELINESS, MATCH_PARTS, MATCH_RULES, MATCH_WEIGHTS } from './match-weights.js';
import { comparable, comparedModel, type ComparedRow } from './model.js';

/** The record with the smaller id as it is, and the other one under names of its own. */
interface PairRow {
  readonly id: string;
  readonly other_id: string;
  readonly one: ComparedRow;
  readonly other: ComparedRow;
}

interface Row extends PairRow {
  readonly relations: WithRelations['relations'];
  readonly other_relations: WithRelations['relations'];
}

/** What is done with a pair, each said on one of its records. */
const SETTLING = ['MergePatients', 'DismissMatch', 'UndoMerge'] as const;

const record = answer({
  id: uuid(),
  name: words(),
  birthDate: words('FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.'),
  sexAtBirth: oneOfCodes(SEXES_AT_BIRTH),
  homeOrganizationIds: many(uuid()),
  identifiers: many(
    answer({
      system: words('A URI that names who assigned it.'),
      value: words(),
      taken: yesOrNo('A file gave it to this record, and another one of the organisation has it.'),
    }),
  ),
  deceased: yesOrNo('Two records of which one says so are not merged.'),
  mergeProposedInto: orNull(
    uuid('The record that somebody wants this one merged into: another person says so too.'),
  ),
  allowedActions: many(oneOfCodes(SETTLING), 'On this record; two people are told apart on the first.'),
});

const match = answer({
  id: words('Both ids, the smaller one first.'),
  records: many(record),
  score: decimal('In bits; nothing follows from it.'),
  likeliness: oneOfCodes(LIKELINESS),
  parts: many(
    answer({ part: oneOfCodes(MATCH_PARTS), agreement: oneOfCodes(AGREEMENTS), weight: decimal('In bits.') }),
  ),
  rules: many(oneOfCodes(MATCH_RULES), 'What they share, for which they are compared.'),
  identifiers: many(
    answer({ system: words(), agreement: oneOfCodes(AGREEMENTS) }),
    'By the systems that both have numbers of; they are not weighed.',
  ),
  weights: words('Version of the table of weights.'),
});

interface Tables {
  readonly 'read.patient_compared': ComparedRow;
}

/** Two records that share a key, that both stand for themselves, and that nobody called two people. */
const pairs = tables<Tables>()
  .selectFrom('read.patient_compared as a')
  .innerJoin('read.patient_compared as b', (join) =>
    join.on(sql<boolean>`${sql.ref('b.keys')} && ${sql.ref('a.keys')}`).onRef('b.id', '>', 'a.id'),
  )
  .where('a.merged', '=', false)
  .where('b.merged', '=', false)
  .where((of) => of.not(of('b.id', '=', oneOf(of.ref('a.dismissed')))))
  .select([
    'a.id',
    'b.id as other_id',
    sql<ComparedRow>`to_jsonb(a)`.as('one'),
    sql<ComparedRow>`to_jsonb(b)`.as('other'),
  ]);

const t = conditionsOn<PairRow>();

/** A merge goes one way: of two that are to become one, what was proposed is taken back on the record that is merged away. */
const legalOn = (row: ComparedRow, isFirst: boolean): readonly (typeof SETTLING)[number][] => [
  'MergePatients',
  ...(isFirst ? (['DismissMatch'] as const) : []),
  ...(row.proposed_into === null ? [] : (['UndoMerge'] as const)),
];

const shown = (row: ComparedRow, relations: Row['relations'], isFirst: boolean, { by, desk }: Asking) => ({
  id: row.id,
  name: row.name,
  birthDate: row.birth_date,
  sexAtBirth: row.sex_at_birth,
  homeOrganizationIds: row.home_organization_ids,
  identifiers: row.identifiers,
  deceased: row.deceased,
  mergeProposedInto: row.proposed_into,
  allowedActions: desk.allowedActions(
    by,
    'patient',
    partiesOfRecord({ relations }, by),
    legalOn(row, isFirst),
  ),
});

export interface MatchesAsked {
  readonly patientId?: string;
  readonly otherId?: string;
}

const has = (id: Expression<string>) => t.or([t('t.id', '=', id), t('t.other_id', '=', id)]);

export const listMatches = listQuestion({
  name: 'listMatches',
  at: 'matches',
  tag: 'Patients',
  summary: 'Records that may be of one person, two by two, for whoever settles it',
  resource: 'patient',
  deed: 'Match',
  scope: pairScopeOf(sql.ref('t.id'), sql.ref('t.other_id')),
  answer: match,
  models: [comparedModel],
  from: tables<Tables>()
    .selectFrom(pairs.as('t'))
    .selectAll('t')
    .select([
      relationsTo(sql.ref('t.id')).as('relations'),
      relationsTo(sql.ref('t.other_id')).as('other_relations'),
    ]),
  values: (query: MatchesAsked) => query,
  where: { patientId: has, otherId: has },
  order: ['id', 'other_id'],
  direction: 'asc',
  patientOf: ({ id, other_id: otherId }: Row) => [id, otherId],
  show: ({ one, other, ...row }: Row, asking) => {
    const [a, b] = [comparable(one), comparable(other)];
    const { score, likeliness, parts } = matchOf(a, b);
    return {
      id: `${one.id}/${other.id}`,
      records: [shown(one, row.relations, true, asking), shown(other, row.other_relations, false, asking)],
      score,
      likeliness,
      parts,
      rules: rulesFor(a, b),
      identifiers: identifiersCompared(one.identifiers, other.identifiers),
      weights: MATCH_WEIGHTS.version,
    };
  },
});
