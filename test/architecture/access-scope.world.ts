/** Networks of care as rows, who is what to each row in plain words, and everybody who might ask. */
import fc from 'fast-check';
import { ROLES, uuidFrom, type Actor, type Category, type Parties } from '@fascia/kernel';
import type { Question } from '@fascia/read-store';
import { partiesOfRow, type ReferralRow } from '@fascia/referral';

const id = (what: string, n: number): string => uuidFrom('scope', what, String(n));
const ORGANIZATIONS = [1, 2, 3, 4].map((n) => id('organization', n));
export const PATIENTS = [1, 2, 3].map((n) => id('patient', n));

/** Everybody who might ask: every role, in every organisation and in none. */
export const ACTORS: readonly Actor[] = ROLES.flatMap((role) => [
  { sub: `${role}-nowhere`, role },
  ...ORGANIZATIONS.map((organizationId) => ({ sub: `${role} of ${organizationId}`, role, organizationId })),
]);

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

type Table =
  | 'patient'
  | 'patient_compared'
  | 'patient_merge'
  | 'patient_unassigned'
  | 'care_team'
  | 'patient_timeline'
  | 'practitioner'
  | 'organization'
  | 'listing'
  | 'referral'
  | 'referral_thread'
  | 'deadline'
  | 'diagnosis'
  | 'flag'
  | 'precaution'
  | 'document'
  | 'plan'
  | 'session'
  | 'assessment'
  | 'access_record'
  | 'import'
  | 'task';

export type Network = Readonly<Record<Table, readonly Row[]>>;

const organization = fc.constantFrom(...ORGANIZATIONS);
const organizations = fc.uniqueArray(organization, { maxLength: 3 });
const patientId = fc.constantFrom(...PATIENTS);
/** Of two, so that rows stand in the same place of an order, too. */
const place = fc.constantFrom('2026-04-01T09:00:00.000Z', '2026-04-02T09:00:00.000Z');

const draft = {
  patient_id: patientId,
  entered_stage_at: place,
  referrer_organization_id: organization,
  legs: fc.constant<object[]>([]),
  content: fc.constant({}),
  earlier: fc.constant([]),
  loop: fc.constant({}),
  pool_organization_ids: fc.constant<string[]>([]),
  recipient_organization_id: fc.constant(null),
};
const sent = { ...draft, legs: fc.constant([{}]) };

/** A draft, a pool's that nobody has claimed, or a leg with its recipient: what the model's fold can come to. */
const referral: fc.Arbitrary<object> = fc.oneof(
  fc.record(draft),
  fc.record({ ...sent, pool_organization_ids: organizations }),
  fc.record({ ...sent, recipient_organization_id: organization }),
);
/** Said about one of the referrals that a network may have; where it has it not, nobody hears of it. */
const entry = fc.record({
  referral_id: fc.nat({ max: 5 }).map((n) => id('referral', n)),
  patient_id: patientId,
  ordinal: fc.nat({ max: 3 }),
});
/** @param order the column by which the list goes */
const ofPatient = (order: string) => fc.record({ patient_id: patientId, [order]: place });
const underReferral = (order: string) =>
  fc.record({
    patient_id: patientId,
    [order]: place,
    organization_id: organization,
    referrer_organization_id: organization,
  });
/** Also of those who are no party any longer. */
const party = fc.record({
  patient_id: patientId,
  organization_id: organization,
  relation: fc.constantFrom('home', 'referrer', 'recipient', 'pool'),
  until: fc.constantFrom(null, null, '2026-04-01T09:00:00.000Z'),
});
const task = fc.record({
  organization_ids: organizations,
  roles: fc.constant([]),
  status: fc.constantFrom('offered', 'claimed', 'done', 'cancelled'),
  due_at: fc.option(place),
});

const key = fc.constantFrom(['a'], ['a'], ['a', 'b'], ['b']);
const COMPARED = {
  name: 'doe',
  family: ['doe'],
  given: [],
  birth_date: '1980',
  sex_at_birth: 'female',
  home_organization_ids: [],
  numbers: [],
  identifiers: [],
  deceased: false,
  replaced_by: {},
};

/** Also of records that were merged again, where nothing waits. */
const unassigned = fc.record({
  patient_id: patientId,
  on_patient_id: patientId,
  category: fc.constantFrom('flag', 'patient'),
  fact_id: fc.constantFrom(...PATIENTS),
  since: place,
  moving: fc.boolean(),
});

/** Of records that are one by now, that were, or that may be: what was said of it stands beside what is. */
const merge = fc.record({
  into_id: patientId,
  state: fc.constantFrom('proposed', 'merged', 'undone'),
  at: place,
});

const rowsOf = (what: string, row: fc.Arbitrary<object>, maxLength = 6): fc.Arbitrary<Row[]> =>
  fc.array(row, { maxLength }).map((rows) => rows.map((one, n) => ({ ...one, id: id(what, n) })));

export const network: fc.Arbitrary<Network> = fc.record({
  // Chains of up to three records, and two records merged into one.
  patient: fc
    .tuple(fc.constant(null), fc.constantFrom(null, null, 0), fc.constantFrom(null, null, 0, 1))
    .map((into) =>
      PATIENTS.map((one, n) => {
        const next = into[n] ?? null;
        return { id: one, sort_key: 'doe', merged_into: next === null ? null : PATIENTS[next], sources: {} };
      }),
    ),
  care_team: rowsOf('party', party, 24),
  patient_timeline: rowsOf(
    'happening',
    fc.record({ patient_id: patientId, at: place, category: fc.constantFrom('session', 'session', 'flag') }),
  ),
  patient_unassigned: rowsOf('unassigned', unassigned),
  patient_merge: fc
    .tuple(...PATIENTS.map(() => merge))
    .map((rows) => rows.map((row, n) => ({ ...row, id: PATIENTS[n] ?? '' }))),
  practitioner: rowsOf('practitioner', fc.record({ sort_key: place })),
  organization: fc.constant(
    ORGANIZATIONS.map((one) => ({
      ...{ id: one, name: 'clinic', sort_key: 'clinic', sources: [] },
      days_off: { weekend: [6, 7], holidays: [] },
    })),
  ),
  listing: rowsOf('listing', fc.record({ sort_key: place, published: fc.boolean() })),
  referral: rowsOf('referral', referral),
  referral_thread: rowsOf('entry', entry, 24),
  deadline: fc.constant([]),
  diagnosis: rowsOf('diagnosis', ofPatient('recorded_at')),
  flag: rowsOf(
    'flag',
    fc.record({
      patient_id: patientId,
      raised_at: place,
      calls: fc.constant([]),
      restricted: fc.constantFrom(false, false, true),
    }),
  ),
  precaution: rowsOf('precaution', ofPatient('proposed_at')),
  document: rowsOf(
    'document',
    fc
      .tuple(ofPatient('announced_at'), organization)
      .map(([row, organization_id]) => ({ ...row, organization_id })),
  ),
  plan: rowsOf('plan', underReferral('entered_stage_at')),
  session: rowsOf(
    'session',
    underReferral('start_at').map((row) => ({ ...row, compliance_flags: [], contraindicated_care: [] })),
  ),
  assessment: rowsOf('assessment', underReferral('recorded_at')),
  access_record: rowsOf('access_record', ofPatient('at')),
  import: rowsOf('import', fc.record({ at: place, organization_id: organization })),
  task: rowsOf('task', task),
  // Most share a key.
  patient_compared: fc
    .tuple(
      ...PATIENTS.map(() =>
        fc.record({
          keys: key,
          merged: fc.constantFrom(false, false, false, true),
          dismissed: fc.constantFrom([], [], PATIENTS.slice(2)),
        }),
      ),
    )
    .map((rows) => rows.map((row, n) => ({ ...COMPARED, ...row, id: PATIENTS[n] ?? '' }))),
});

const unique = (ids: readonly unknown[]): readonly string[] => [
  ...new Set(ids.filter((one) => typeof one === 'string')),
];

const endOf = (all: Network, of: unknown): unknown => {
  const next = all.patient.find(({ id: one }) => one === of)?.['merged_into'] ?? null;
  return next === null ? of : endOf(all, next);
};

/** All records of the person that one is of. */
export const recordsOf = (all: Network, of: unknown): readonly string[] =>
  PATIENTS.filter((one) => endOf(all, one) === endOf(all, of));

/** Who is what to a person, in plain words: the third account beside the two in SQL. */
export const careTeam = (all: Network, of: unknown): Parties => {
  const records: readonly unknown[] = recordsOf(all, of);
  const are = (relation: string): readonly string[] =>
    unique(
      all.care_team
        .filter(
          (row) =>
            records.includes(row['patient_id']) && row['relation'] === relation && row['until'] === null,
        )
        .map((row) => row['organization_id']),
    );
  return { home: are('home'), referrer: are('referrer'), recipient: are('recipient'), pool: are('pool') };
};

/** Members of a pool see whom they are asked to take, not the patient's history. */
const treating = (all: Network, of: unknown): Parties => ({ ...careTeam(all, of), pool: [] });

/** What a question is over, in plain words. */
export interface Told {
  readonly resource: Category;
  /** What the policy is asked for; `Read` when absent. */
  readonly deed?: 'Read' | 'Match' | 'Audit';
  readonly table: Table;
  /** Where what is shown is made of several rows. */
  rows?(all: Network): readonly Row[];
  /** Who is what to a row; absent where nobody is anything to it. */
  parties?(row: Row, all: Network): Parties;
  /** Told to roles that treat alone, whatever the policy says of the rest. */
  treatingOnly?(row: Row): boolean;
  /** The rows that are asked for when nothing is said. */
  among?(row: Row): boolean;
  /** Where a list cannot be asked without saying what it is about: all that it may be about. */
  queries?(all: Network): readonly object[];
}

const ofCareTeam = (resource: 'diagnosis' | 'flag' | 'precaution'): Told => ({
  resource,
  table: resource,
  parties: (row, all) => careTeam(all, row['patient_id']),
});
const ofBothSides = (resource: 'plan' | 'session' | 'assessment'): Told => ({
  resource,
  table: resource,
  parties: (row) => ({
    recipient: unique([row['organization_id']]),
    referrer: unique([row['referrer_organization_id']]),
  }),
});
const ofEverybody = (resource: 'practitioner' | 'organization'): Told => ({ resource, table: resource });

const TASK: Told = {
  resource: 'task',
  table: 'task',
  parties: (row) => ({ owner: row['organization_ids'] as string[] }),
};
export const REFERRAL: Told = {
  resource: 'referral',
  table: 'referral',
  parties: (row) => partiesOfRow(row as unknown as ReferralRow),
};

/** What questions are over, by what they are about. */
const TOLD: Readonly<Partial<Record<Category, Told>>> = {
  patient: { resource: 'patient', table: 'patient', parties: (row, all) => careTeam(all, row.id) },
  practitioner: ofEverybody('practitioner'),
  organization: ofEverybody('organization'),
  listing: { resource: 'listing', table: 'listing', among: (row) => row['published'] === true },
  diagnosis: ofCareTeam('diagnosis'),
  flag: { ...ofCareTeam('flag'), treatingOnly: (row) => row['restricted'] === true },
  precaution: ofCareTeam('precaution'),
  document: {
    resource: 'document',
    table: 'document',
    parties: (row, all) => ({
      ...careTeam(all, row['patient_id']),
      owner: unique([row['organization_id']]),
    }),
  },
  referral: REFERRAL,
  assessment: ofBothSides('assessment'),
  plan: ofBothSides('plan'),
  session: ofBothSides('session'),
  import: {
    resource: 'import',
    table: 'import',
    parties: (row) => ({ owner: unique([row['organization_id']]) }),
  },
  task: TASK,
};

const sharesKey = (a: Row, b: Row): boolean =>
  (a['keys'] as string[]).some((one) => (b['keys'] as string[]).includes(one));

/** Two records that both stand for themselves and share a key, unless the one says that the other is somebody else. */
const matches = (all: Network): readonly Row[] =>
  all.patient_compared.flatMap((a) =>
    all.patient_compared
      .filter((b) => a.id < b.id && sharesKey(a, b) && a['merged'] === false && b['merged'] === false)
      .filter((b) => !(a['dismissed'] as string[]).includes(b.id))
      .map((b) => ({ id: `${a.id}/${b.id}`, records: [a.id, b.id] })),
  );

const OF_NO_ORGANIZATION = ACTORS.filter((by) => by.organizationId === undefined).map((by) => by.sub);

/** Who holds one record of two and holds the other or referred it; and who belongs to no organisation. */
const ofMatch = (row: Row, all: Network): Parties => {
  const [one = {}, other = {}] = (row['records'] as string[]).map((record) => careTeam(all, record));
  const knows = ({ home = [], referrer = [] }: Parties, organization: string): boolean =>
    home.includes(organization) || referrer.includes(organization);
  return {
    home: ORGANIZATIONS.filter(
      (each) =>
        knows(one, each) &&
        knows(other, each) &&
        (one.home?.includes(each) === true || other.home?.includes(each) === true),
    ),
    network: OF_NO_ORGANIZATION,
  };
};

/** Who holds one of the two records, and who belongs to no organisation. */
const ofEither = (row: Row, all: Network): Parties => {
  const held = [row['patient_id'], row['on_patient_id']].flatMap((of) => careTeam(all, of).home ?? []);
  return { home: unique(held), network: OF_NO_ORGANIZATION };
};

const referralOf = (row: Row, all: Network): Row | undefined =>
  all.referral.find(({ id: one }) => one === row['referral_id']);

/** Questions that are over something else than all rows of what they are about. */
const OTHERWISE: Readonly<Record<string, Told>> = {
  getTimeline: {
    resource: 'patient',
    table: 'patient_timeline',
    parties: (row, all) => treating(all, row['patient_id']),
    treatingOnly: (row) => row['category'] === 'flag',
    // Asked for any record, a person's whole history is shown.
    queries: (all) => PATIENTS.filter((one) => endOf(all, one) === one).map((one) => ({ id: one })),
  },
  listThread: {
    resource: 'referral',
    table: 'referral_thread',
    rows: (all) => all.referral_thread.filter((row) => referralOf(row, all) !== undefined),
    parties: (row, all) => partiesOfRow(referralOf(row, all) as unknown as ReferralRow),
    queries: (all) => all.referral.map(({ id: one }) => ({ id: one })),
  },
  listCases: { resource: 'referral', deed: 'Audit', table: 'referral' },
  listAccess: { resource: 'patient', deed: 'Audit', table: 'access_record' },
  listMatches: {
    resource: 'patient',
    deed: 'Match',
    table: 'patient_compared',
    rows: matches,
    parties: ofMatch,
  },
  listMerges: {
    resource: 'patient',
    deed: 'Match',
    table: 'patient_merge',
    rows: (all) => all.patient_merge.map((row) => ({ ...row, records: [row.id, row['into_id']] })),
    parties: ofMatch,
  },
  listUnassigned: {
    resource: 'patient',
    deed: 'Match',
    table: 'patient_unassigned',
    rows: (all) =>
      all.patient_unassigned.filter((row) => endOf(all, row['patient_id']) === row['patient_id']),
    parties: ofEither,
  },
  listTasks: { ...TASK, among: (row) => ['offered', 'claimed'].includes(row['status'] as string) },
};

/** @throws for a question about something that is not told of here */
export const toldOf = ({ name, resource }: Question): Told => {
  const told = OTHERWISE[name] ?? TOLD[resource];
  if (told?.resource !== resource)
    throw new Error(`nothing is told of ${name}, a question about a ${resource}`);
  return told;
};
