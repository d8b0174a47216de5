/** Referrals as one value. */
import { permissionsOf, type Standing } from '@fascia/kernel';
import { TRANSITIONS } from './contract/lifecycle.js';
import { REFERRAL_REFUSALS } from './contract/refusals.js';
import { placedWith } from './read/care-team.js';
import { listMyReferrals } from './read/referrals/my-referrals.js';
import { listThread } from './read/referrals/thread.js';
import { getReferral, listReferrals } from './read/referrals/question.js';
import { referralAggregate, type ReferralPorts } from './write/referral.aggregate.js';

export const REFERRAL_QUESTIONS = [listReferrals, listMyReferrals, getReferral, listThread] as const;

/** What a role's organisation is to the order when the table's rows are about it. */
const STANDING: Standing = {
  physician: ['referrer'],
  delegate: ['referrer'],
  records: ['referrer'],
  coordinator: ['recipient'],
  therapist: ['recipient'],
  scheduler: ['recipient'],
  patient: ['self'],
  system: 'anything',
};

/** A draft is the placing practice's own: before it is sent, the patient's record gives the relation. */
const BY_THE_RECORD = ['home', 'referrer'] as const;

export const referralContext = (ports: ReferralPorts) => {
  const aggregate = referralAggregate(ports);
  return {
    name: 'referral',
    aggregate,
    aggregates: [aggregate],
    questions: REFERRAL_QUESTIONS,
    careTeam: [placedWith],
    permissions: permissionsOf('referral', TRANSITIONS, STANDING, {
      DraftReferral: BY_THE_RECORD,
      EditDraft: BY_THE_RECORD,
      DiscardDraft: BY_THE_RECORD,
      SendReferral: BY_THE_RECORD,
      VoidReferral: BY_THE_RECORD,
      ClaimReferral: ['pool'],
    }),
    refusals: REFERRAL_REFUSALS,
  };
};
