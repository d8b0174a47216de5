/** Work for process managers: referrals that a clinic declines and takes back, each time with tasks that follow. */
import { isDeepStrictEqual } from 'node:util';
import { until } from '@fascia/testkit';
import type { Fascia } from '../journeys/harness.js';
import type { Person } from '../journeys/person.js';

const SCREENING = ['F01', 'F02', 'F03', 'F04', 'F05', 'F06', 'F07', 'F08', 'F09'].map((flagId) => ({
  flagId,
  answer: 'no',
}));
const ORDERS = [
  { code: 'M76.52', site: { region: 'knee', side: 'left' } },
  { code: 'M77.01', site: { region: 'elbow', side: 'right' } },
  { code: 'M76.61', site: { region: 'ankle-foot', side: 'right' } },
  { code: 'M75.21', site: { region: 'shoulder', side: 'right' } },
];
/** Whom the clinic's listing takes by age. */
const BORN = { from: '1930', to: '2005' };

export class Reactions {
  private constructor(
    private readonly physician: Person,
    private readonly coordinator: Person,
    private readonly referrals: readonly string[],
  ) {}

  /** Referrals sent to the clinic, of several patients, so that they are in several partitions. */
  static async of(fascia: Fascia): Promise<Reactions> {
    const [physician, coordinator] = [fascia.as('physician-demo'), fascia.as('coordinator-demo')];
    const everybody = (await physician.get('/api/v1/patients?limit=200')).body.items as {
      id: string;
      birthDate: string;
    }[];
    const patients = everybody.filter(({ birthDate }) => birthDate >= BORN.from && birthDate < BORN.to);
    const listings = (await physician.get('/api/v1/listings')).body.items as { id: string; title: string }[];
    const listingId = listings.find(({ title }) => title.includes('Riverside'))?.id;
    const referrals: string[] = [];
    for (const [index, { code, site }] of ORDERS.entries()) {
      const patientId = patients[index % patients.length]?.id ?? '';
      const diagnosis = await physician.does('/api/v1/diagnoses', {
        patientId,
        code,
        site,
        tissues: ['tendon'],
        dysfunction: 'tendinopathy',
        verification: 'confirmed',
        source: 'clinician',
      });
      const draft = await physician.does('/api/v1/referrals', {
        patientId,
        content: {
          priority: 'routine',
          service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: [] },
          target: { kind: 'directed', listingId },
          sites: [{ ...site, tissues: ['tendon'] }],
          diagnosisIds: [diagnosis.id],
          onset: 'unknown',
          clinicalQuestion: 'Less pain.',
          screening: SCREENING,
          precautions: [],
          requested: { frequencyPerWeek: 2, weeks: 4, visits: 8 },
          payer: { profile: 'SELF-PAY' },
        },
      });
      await physician.does(`/api/v1/referrals/${String(draft.id)}/send`);
      await coordinator.does(`/api/v1/referrals/${String(draft.id)}/acknowledge-receipt`);
      referrals.push(draft.id as string);
    }
    return new Reactions(physician, coordinator, referrals);
  }

  /** Declined and taken back, all at once: each referral asks for a decision, then for triage again. */
  async provoke(): Promise<void> {
    await Promise.all(
      this.referrals.map(async (id) => {
        await this.coordinator.does(`/api/v1/referrals/${id}/decline`, { reason: 'capacity' });
        await this.coordinator.does(`/api/v1/referrals/${id}/reverse-decline`, {
          reason: 'A place came free.',
        });
      }),
    );
  }

  /** Everybody is asked for exactly what is to be done: nothing is missing, nothing is asked twice. */
  async everybodyIsAskedOnce(): Promise<void> {
    for (const id of this.referrals) {
      const asked = async () => ({
        clinic: await this.coordinator.tasks(id),
        physician: await this.physician.tasks(id),
      });
      let last: unknown;
      await until(
        async () => isDeepStrictEqual((last = await asked()), { clinic: ['TRIAGE'], physician: [] }),
        {
          everyMs: 50,
          message: () => `one TRIAGE and nothing else to be asked, but it is ${JSON.stringify(last)}`,
        },
      );
    }
  }
}
