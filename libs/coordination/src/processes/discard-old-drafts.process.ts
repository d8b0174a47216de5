/**
 * T-DRAFT: a draft that nobody sends is discarded, 30 days after it was made. Editing it meanwhile does not make it younger: what
 * is still wanted is drafted anew, with findings of the day (docs/domain/processes.md#drafts).
 */
import { instantAfterDays } from '@fascia/clinical/calendar';
import { referralOf, type EventNamed, type Process, type Requested, type Timer } from '../process.js';

type Input = EventNamed<'ReferralDrafted' | 'ReferralSent' | 'ReferralDraftDiscarded'>;
type Gives = Requested<'referral', 'DiscardDraft'> | Timer<'T-DRAFT'>;

/** @param days after which a draft is old */
export const discardOldDrafts = (days: number): Process<Input, Record<never, never>, Gives> => ({
  name: 'discard-old-drafts',
  takes: ['ReferralDrafted', 'ReferralSent', 'ReferralDraftDiscarded'],
  initial: {},
  instanceOf: referralOf,
  react: (event, { key }) => {
    switch (event.type) {
      case 'ReferralDrafted':
        return { gives: [{ set: 'T-DRAFT', dueAt: instantAfterDays(event.occurredAt, days) }] };
      case 'TimerFired':
        return { gives: [{ category: 'referral', id: key.id, command: { type: 'DiscardDraft' } }] };
      default:
        return { gives: [{ cancel: 'T-DRAFT' }] };
    }
  },
});
