/** Pairs of records that may be of one person, side by side, for whoever settles which are. */
import { answer, decimal, many, oneOfCodes, uuid, words } from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneOf, tables, type Condition, type Scope } from '@fascia/read-store';
import { sql, type Expression } from 'kysely';
import { SEXES_AT_BIRTH } from '../../contract/events.js';
import { matchOf } from './match.js';
import { AGREEMENTS, LIKELINESS, MATCH_PARTS, MATCH_WEIGHTS } from './match-weights.js';
import { careTeamScopeOf } from '../care-team/scope.js';
import { comparable, comparedModel, type ComparedRow } from './model.js';

/** The record with the smaller id as it is, and the other one under names of its own. */
interface PairRow {
  readonly id: string;
  readonly other_id: string;
  readonly one: ComparedRow;
  readonly other: ComparedRow;
}

const record = answer({
  id: uuid(),
  name: words(),
  birthDate: words('FHIR date: YYYY, YYYY-MM or YYYY-MM-DD.'),
  sexAtBirth: oneOfCodes(SEXES_AT_BIRTH),
  homeOrganizationIds: many(uuid()),
});

const match = answer({
  id: words('Both ids, the smaller one first.'),
  records: many(record),
  score: decimal('In bits; nothing follows from it.'),
  likeliness: oneOfCodes(LIKELINESS),
  parts: many(
    answer({ part: oneOfCodes(MATCH_PARTS), agreement: oneOfCodes(AGREEMENTS), weight: decimal('In bits.') }),
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

const [ofOne, ofOther] = ['t.id', 't.other_id'].map((column) => careTeamScopeOf(sql.ref(column)));

/** Home to one of the two, and something to the other: a pair is not told to who may know of one half alone. */
const isHomeAndKnows = (organization: Expression<string>): Condition => {
  const [oneHome, otherHome] = [ofOne, ofOther].map((scope) => scope?.home?.(organization));
  const [oneSent, otherSent] = [ofOne, ofOther].map((scope) => scope?.referrer?.(organization));
  return sql`((${oneHome} and (${otherHome} or ${otherSent})) or (${otherHome} and ${oneSent}))`;
};

const MATCH_SCOPE: Scope = { home: isHomeAndKnows, network: () => sql<boolean>`true` };

const t = conditionsOn<PairRow>();

const shown = (row: ComparedRow) => ({
  id: row.id,
  name: row.name,
  birthDate: row.birth_date,
  sexAtBirth: row.sex_at_birth,
  homeOrganizationIds: row.home_organization_ids,
});

export interface MatchesAsked {
  readonly patientId?: string;
}

export const listMatches = listQuestion({
  name: 'listMatches',
  at: 'matches',
  tag: 'Patients',
  summary: 'Records that may be of one person, two by two, for whoever settles it',
  resource: 'patient',
  deed: 'Match',
  scope: MATCH_SCOPE,
  answer: match,
  models: [comparedModel],
  from: tables<Tables>().selectFrom(pairs.as('t')).selectAll('t'),
  values: (query: MatchesAsked) => query,
  where: {
    patientId: (patientId) => t.or([t('t.id', '=', patientId), t('t.other_id', '=', patientId)]),
  },
  order: ['id', 'other_id'],
  direction: 'asc',
  patientOf: ({ id, other_id: otherId }: PairRow) => [id, otherId],
  show: ({ one, other }: PairRow) => {
    const { score, likeliness, parts } = matchOf(comparable(one), comparable(other));
    return {
      id: `${one.id}/${other.id}`,
      records: [shown(one), shown(other)],
      score,
      likeliness,
      parts,
      weights: MATCH_WEIGHTS.version,
    };
  },
});
