import { fold, type Fact } from '@fascia/kernel';
import { past } from '@fascia/testkit';
import type { ReferralEvent } from '../contract/events.js';
import { referralLifecycle, STAGES, type Stage } from '../contract/lifecycle.js';
import {
  CLINIC,
  CONTENT,
  PATIENT,
  PHYSICIAN,
  POOL_CLAIMED,
  POOL_SENT,
  PRACTICE,
  SCENES,
} from './referral.scenes.spec-data.js';
import { underCare } from './under-care.js';

const careOf = (history: readonly Fact<ReferralEvent>[]) => underCare.of(fold(underCare.folds, history));

const from = (command: 'HoldReferral' | 'ReportOutcome'): readonly Stage[] =>
  referralLifecycle.rowsOf(command).flatMap((row) => row.from);

describe('an order, for those who give care under it', () => {
  it.each(STAGES)(
    'is active where care can be held, and before its outcome where that can be told: %s',
    (stage) => {
      const known = careOf(SCENES[stage]);
      expect(known?.active ?? false).toBe(from('HoldReferral').includes(stage));
      expect(known?.beforeOutcome ?? false).toBe(from('ReportOutcome').includes(stage));
    },
  );

  it.each(['none', 'Draft', 'Discarded'] as const)('is nothing before it was sent: %s', (stage) => {
    expect(careOf(SCENES[stage])).toBeUndefined();
  });

  it("is nobody's while a pool has not claimed it", () => {
    expect(careOf(POOL_SENT)).toMatchObject({ referrerOrganizationId: PRACTICE });
    expect(careOf(POOL_SENT)?.organizationId).toBeUndefined();
    expect(careOf(POOL_CLAIMED)?.organizationId).toBe(CLINIC);
  });

  it('says what was ordered, as it was revised last', () => {
    expect(careOf(SCENES.Accepted)).toMatchObject({
      patientId: PATIENT,
      organizationId: CLINIC,
      referrerOrganizationId: PRACTICE,
      treatmentStarted: false,
      revisionToAcknowledge: false,
    });
    const revised = past<ReferralEvent>(
      {
        type: 'ReferralRevised',
        data: {
          content: {
            ...CONTENT,
            sites: [
              { region: 'forearm', side: 'left', tissues: [] },
              { region: 'tail', tissues: [] },
            ],
            service: { code: 'STM', techniquesPreferred: [], techniquesExcluded: ['CUP'] },
            payer: { profile: 'US-MEDICARE-B' },
          },
          material: true,
          reason: 'Side.',
          signature: { practitionerId: PHYSICIAN.practitionerId ?? '', at: '2026-04-01T09:00:00.000Z' },
        },
      },
      PHYSICIAN,
    );
    const history: readonly Fact<ReferralEvent>[] = [...SCENES.InTreatment, revised];
    expect(careOf(history)).toMatchObject({
      // A region that the catalogue does not know covers nothing.
      sites: [{ region: 'forearm', side: 'left' }],
      techniquesExcluded: ['CUP'],
      payerProfile: 'US-MEDICARE-B',
      treatmentStarted: true,
      revisionToAcknowledge: true,
    });
  });
});
