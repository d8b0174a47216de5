import { REFERRAL_COMMANDS } from '@fascia/referral/contract';
import { DEEDS, nextStepOf, offeredOf, TEXTS, withPageOf, type OfferedDeed } from './deeds.js';
import { bodyOf } from './form.js';

const FILLED = {
  fields: {
    ...Object.fromEntries(TEXTS.map((field) => [field, 'Words'])),
    listing: '0198d0a0-0000-7000-8000-000000000001',
    reviewBy: '2026-05-01',
    declineReason: 'capacity',
    outcomeKind: 'plateau',
  },
  questions: ['Since when?'],
  answers: { q1: 'May' },
};

describe.each(Object.keys(DEEDS) as readonly OfferedDeed[])('%s', (deed) => {
  it('asks for all that its contract needs, and for nothing that it does not know', () => {
    expect(REFERRAL_COMMANDS[deed].body.safeParse(bodyOf(deed, FILLED))).toMatchObject({ success: true });
  });
});

it('is refused by a contract where something is left out (so that the spec above can fail)', () => {
  expect(REFERRAL_COMMANDS.WithdrawReferral.body.safeParse({}).success).toBe(false);
  expect(REFERRAL_COMMANDS.PostMessage.body.safeParse({ note: 'A note' }).success).toBe(false);
});

describe('what a row offers', () => {
  it('is the step that waits, before what may be done at any time', () => {
    expect(nextStepOf(['PostMessage', 'QueryOutcome', 'AcknowledgeOutcome'], 'OutcomeReported')).toBe(
      'AcknowledgeOutcome',
    );
    expect(nextStepOf(['DeclineReferral', 'AcceptReferral', 'RequestInformation'], 'InTriage')).toBe(
      'AcceptReferral',
    );
    expect(nextStepOf(['RedirectReferral', 'PostMessage'], 'Declined')).toBe('RedirectReferral');
  });

  it('is nothing where nothing waits', () => {
    expect(nextStepOf(['PostMessage', 'WithdrawReferral', 'RedirectReferral'], 'Sent')).toBeUndefined();
  });

  it('is nothing that the screens have no form for, or a page of its own', () => {
    expect(offeredOf(['SendInterimNote', 'ReviseReferral'])).toEqual([]);
    expect(withPageOf(['SendInterimNote', 'ReviseReferral', 'PostMessage'])).toEqual(['ReviseReferral']);
  });
});
