import { fold, type Fact } from '@fascia/kernel';
import type { ReferralEvent } from '../contract/events.js';
import { careSpans } from './care-spans.js';
import { by, CLINIC, COORDINATOR, PHYSICIAN, POOL_CLAIMED, SCENES } from './referral.scenes.spec-data.js';

const ACCEPTED = '2026-04-02T09:00:00.000Z';
const ENDED = '2026-04-20T09:00:00.000Z';

const at = (when: string, event: ReferralEvent): Fact<ReferralEvent> => ({
  ...by(COORDINATOR, event),
  at: when,
});
const spansAfter = (...facts: readonly Fact<ReferralEvent>[]) => careSpans.of(fold(careSpans.folds, facts));

const accepted = at(ACCEPTED, { type: 'ReferralAccepted', data: {} });

describe('a clinic has a patient under care', () => {
  it('from when it accepted the order', () => {
    expect(spansAfter(...SCENES.InTriage)).toEqual([]);
    expect(spansAfter(...SCENES.InTriage, accepted)).toEqual([{ organizationId: CLINIC, from: ACCEPTED }]);
    expect(spansAfter(...POOL_CLAIMED, accepted)).toEqual([{ organizationId: CLINIC, from: ACCEPTED }]);
  });

  it.each<[string, ReferralEvent]>([
    [
      'declined',
      { type: 'ReferralDeclined', data: { reason: 'capacity', flagIds: [], bookingsCancelled: [] } },
    ],
    ['asked for more information', { type: 'ReferralInformationRequested', data: { questions: [] } }],
    ['cancelled', { type: 'ReferralCancelled', data: {} }],
    ['superseded', { type: 'ReferralSuperseded', data: { replacementId: CLINIC, reason: 'x' } }],
  ])('until it is %s', (_what, end) => {
    expect(spansAfter(...SCENES.InTriage, accepted, at(ENDED, end))).toEqual([
      { organizationId: CLINIC, from: ACCEPTED, to: ENDED },
    ]);
  });

  it('while it is on hold, too', () => {
    const held = by(PHYSICIAN, {
      type: 'ReferralPutOnHold',
      data: { holder: 'referrer', reason: 'Away.', reviewBy: '2026-04-20', bookingsCancelled: [] },
    });
    expect(spansAfter(...SCENES.InTriage, accepted, held)).toEqual([
      { organizationId: CLINIC, from: ACCEPTED },
    ]);
  });
});
