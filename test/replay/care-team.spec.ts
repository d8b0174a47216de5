/**
 * The care team against the rows that it was once asked of: after every event of the frozen log, the parties of its patient are
 * the organisations that the patient's and the referrals' own rows name.
 */
import { careModels } from '@fascia/composition';
import type { PartyRow, PatientRow } from '@fascia/directory';
import type { Envelope } from '@fascia/kernel';
import { groupsOf, type ReadModel, type Row } from '@fascia/read-store';
import type { ReferralRow } from '@fascia/referral';
import { frozenLog } from './frozen-log.js';

/** A table that is kept event by event. */
class Table<R extends Row> {
  readonly #groups = new Map<string, readonly Row[]>();
  readonly #model: ReadModel;

  constructor(name: string) {
    const model = careModels.find((one) => one.name === name);
    if (model === undefined) throw new Error(`there is no table ${name}`);
    this.#model = model;
  }

  take(event: Envelope): void {
    if (!this.#model.takes.includes(event.type)) return;
    const { of, fold } = groupsOf(this.#model);
    for (const group of of(event)) this.#groups.set(group, fold(this.#groups.get(group) ?? [], event, group));
  }

  get rows(): readonly R[] {
    return [...this.#groups.values()].flat() as readonly Row[] as readonly R[];
  }
}

const unique = (ids: readonly (string | null | undefined)[]): readonly string[] =>
  [...new Set(ids.filter((id) => typeof id === 'string'))].toSorted();

/** Drafts make nobody a party: only what was sent does. */
const byTheRows = (patients: readonly PatientRow[], referrals: readonly ReferralRow[], of: string) => {
  const theirs = referrals.filter((row) => row.patient_id === of);
  return {
    home: unique(patients.find((row) => row.id === of)?.home_organization_ids ?? []),
    referrer: unique(theirs.filter(({ legs }) => legs.length > 0).map((row) => row.referrer_organization_id)),
    recipient: unique(theirs.map((row) => row.recipient_organization_id)),
    pool: unique(theirs.flatMap((row) => row.pool_organization_ids)),
  };
};

const byTheTable = (parties: readonly PartyRow[], of: string) => {
  const are = (relation: PartyRow['relation']) =>
    unique(
      parties
        .filter((row) => row.patient_id === of && row.relation === relation && row.until === null)
        .map((row) => row.organization_id),
    );
  return { home: are('home'), referrer: are('referrer'), recipient: are('recipient'), pool: are('pool') };
};

it('the care team is, after every event, who the rows of patients and referrals name', async () => {
  const patients = new Table<PatientRow>('patient');
  const referrals = new Table<ReferralRow>('referral');
  const team = new Table<PartyRow>('care_team');
  const seen = new Set<string>();
  for (const event of await frozenLog()) {
    for (const table of [patients, referrals, team]) table.take(event);
    const { patientId, type, stream, version } = event;
    if (patientId === undefined || !/^(patient|referral)-/.test(stream)) continue;
    expect([stream, version, type, byTheTable(team.rows, patientId)]).toEqual([
      stream,
      version,
      type,
      byTheRows(patients.rows, referrals.rows, patientId),
    ]);
    seen.add(type);
  }
  // What decides was there to be seen.
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'PatientRegistered',
      'ReferralDrafted',
      'ReferralSent',
      'ReferralClaimed',
      'ReferralReleased',
      'ReferralRedirected',
      'ReferralDeclineReversed',
      'ReferralVoided',
    ]),
  );
});
