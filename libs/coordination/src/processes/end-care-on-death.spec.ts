/** What a death ends, and who is told. */
import type { Requested } from '../process.js';
import { endCareOnDeath } from './end-care-on-death.process.js';
import { CLINIC, PRACTICE, REFERRAL } from './samples.spec-data.js';
import { assignmentOf, Story } from './story.spec-data.js';

const endings = (asked: readonly Requested[]) => asked.filter(({ category }) => category === 'referral');
const told = (asked: readonly Requested[]) =>
  asked.flatMap((one) => assignmentOf(one)?.organizationIds ?? []);
const ended = (command: object) => [{ category: 'referral', id: REFERRAL, command }];
const reason = 'The patient died.';

describe('a death', () => {
  it('withdraws what is open, and tells every organisation that is something to the patient', () => {
    const asked = new Story(endCareOnDeath).on('PatientDeathRecorded');
    expect(endings(asked)).toEqual(ended({ type: 'WithdrawReferral', reason, deceased: true }));
    expect(told(asked)).toEqual([PRACTICE, CLINIC]);
  });

  it('cancels what was accepted, without waiting for an answer', () => {
    const story = new Story(endCareOnDeath);
    const [withdraw] = endings(story.on('PatientDeathRecorded'));
    if (withdraw === undefined) throw new Error('nothing was ended');
    const cancel = story.refused(withdraw, 'REFERRAL_ILLEGAL_TRANSITION');
    expect(cancel).toEqual(ended({ type: 'RequestCancellation', reason, deceased: true }));
    const [asked] = cancel;
    if (asked === undefined) throw new Error('nothing was cancelled');
    const confirm = story.refused(asked, 'REFERRAL_ILLEGAL_TRANSITION');
    expect(confirm).toEqual(ended({ type: 'ConfirmCancellation' }));
    const [confirmed] = confirm;
    if (confirmed === undefined) throw new Error('nothing was confirmed');
    expect(story.refused(confirmed, 'SESSION_IN_PROGRESS')).toEqual([]);
  });

  it('whose date is corrected is told once', () => {
    const story = new Story(endCareOnDeath);
    story.on('PatientDeathRecorded');
    const again = story.on('PatientDeathRecorded', { on: '2026-03', openReferralIds: [] });
    expect(again).toEqual([]);
  });

  it('that is retracted is told as well, and ends nothing and brings nothing back', () => {
    const story = new Story(endCareOnDeath);
    story.on('PatientDeathRecorded');
    const asked = story.on('PatientDeathRetracted');
    expect(endings(asked)).toEqual([]);
    expect(told(asked)).toEqual([PRACTICE, CLINIC]);
    expect(told(story.on('PatientDeathRecorded', { openReferralIds: [] }))).toEqual([PRACTICE, CLINIC]);
  });
});
