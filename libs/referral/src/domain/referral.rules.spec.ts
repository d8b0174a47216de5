/** Every refusal beside the table and beside sending, one situation each. */
import { given, past } from '@fascia/testkit';
import { REFERRAL_COMMANDS, type ReferralCommandOf } from '../contract/commands.js';
import { REFERRAL_CONTRACT, type ReferralEvent } from '../contract/events.js';
import {
  CLINIC,
  COMMANDS,
  CONTENT,
  COORDINATOR,
  FACTS,
  FLAG,
  listing,
  LISTING,
  OTHER_CLINIC,
  OTHER_LISTING,
  PATIENT,
  POOL_CLAIMED,
  POOL_SENT,
  SCENES,
  SESSION,
  STRANGER,
  THERAPIST,
} from './referral.scenes.spec-data.js';
import { answer, decider, type Situation } from './referral.situations.spec-data.js';

describe.each<[string, Situation, string]>([
  [
    'drafting for a patient who does not exist',
    { history: [], command: COMMANDS.DraftReferral, facts: { patient: undefined } },
    'PATIENT_UNKNOWN',
  ],
  [
    'drafting for a merged patient',
    {
      history: [],
      command: COMMANDS.DraftReferral,
      facts: { patient: { birthDate: '1980', mergedInto: FLAG } },
    },
    'PATIENT_MERGED',
  ],
  [
    'claiming for a listing of another organisation',
    { history: POOL_SENT, command: { type: 'ClaimReferral', listingId: OTHER_LISTING }, by: COORDINATOR },
    'REFERRAL_NOT_CURRENT_LEG',
  ],
  [
    'claiming when the listing no longer fits',
    {
      history: POOL_SENT,
      command: COMMANDS.ClaimReferral,
      by: COORDINATOR,
      facts: { listings: [listing(LISTING, CLINIC, { capacity: 'closed' })] },
    },
    'REFERRAL_RECIPIENT_UNFIT',
  ],
  [
    'claiming what was claimed',
    { history: POOL_CLAIMED, command: COMMANDS.ClaimReferral, by: STRANGER },
    'REFERRAL_ILLEGAL_TRANSITION',
  ],
  [
    'asking with a visit booked',
    {
      history: [
        ...SCENES.Accepted,
        past({
          type: 'ReferralVisitBooked',
          data: { sessionId: SESSION, kind: 'treatment', start: '2026-04-08T09:00:00.000Z' },
        }),
        past({
          type: 'ReferralPutOnHold',
          data: { holder: 'recipient', reason: 'x', reviewBy: '2026-04-02', bookingsCancelled: [] },
        }),
        past({ type: 'ReferralResumed', data: {} }),
        past({ type: 'ReferralReceived', data: {} }),
      ],
      command: COMMANDS.RequestInformation,
      by: COORDINATOR,
    },
    'REFERRAL_VISIT_BOOKED',
  ],
  [
    'asking two questions with one id',
    {
      history: SCENES.InTriage,
      command: {
        type: 'RequestInformation',
        questions: [
          { questionId: 'q', text: 'a', mandatory: true },
          { questionId: 'q', text: 'b', mandatory: true },
        ],
      },
      by: COORDINATOR,
    },
    'QUESTION_ID_REPEATED',
  ],
  [
    'answering without a mandatory answer',
    { history: SCENES.InfoRequested, command: { type: 'SupplyInformation', answers: [] } },
    'INFORMATION_INCOMPLETE',
  ],
  [
    'accepting after the validity',
    {
      history: SCENES.InTriage,
      command: COMMANDS.AcceptReferral,
      by: COORDINATOR,
      at: '2026-07-01T10:00:00.000Z',
    },
    'REFERRAL_VALIDITY_OVER',
  ],
  [
    'accepting what no longer fits',
    {
      history: SCENES.InTriage,
      command: COMMANDS.AcceptReferral,
      by: COORDINATOR,
      facts: { listings: [listing(LISTING, CLINIC, { performers: [] })] },
    },
    'REFERRAL_RECIPIENT_UNFIT',
  ],
  [
    'declining for a red flag without naming it',
    { history: SCENES.InTriage, command: { type: 'DeclineReferral', reason: 'red-flag' }, by: COORDINATOR },
    'RED_FLAG_UNNAMED',
  ],
  [
    'declining for a flag that is raised without saying how urgent it is',
    {
      history: SCENES.InTriage,
      command: { type: 'DeclineReferral', reason: 'red-flag', flagIds: [FLAG] },
      by: COORDINATOR,
    },
    'RED_FLAG_UNNAMED',
  ],
  [
    'redirecting to who declined',
    {
      history: SCENES.Declined,
      command: { type: 'RedirectReferral', target: { kind: 'directed', listingId: LISTING } },
    },
    'RECIPIENT_DECLINED_BEFORE',
  ],
  [
    'redirecting to who does not fit',
    { history: SCENES.Declined, command: COMMANDS.RedirectReferral, facts: { listings: [] } },
    'REFERRAL_RECIPIENT_UNFIT',
  ],
  [
    'redirecting where sharing is restricted',
    {
      history: SCENES.Declined,
      command: COMMANDS.RedirectReferral,
      facts: {
        listings: [listing(OTHER_LISTING, OTHER_CLINIC)],
        consents: [
          {
            consentId: FLAG,
            kind: 'restricted',
            purposes: [],
            organizationIds: [],
            saidAt: '2026-04-01T08:00:00.000Z',
          },
        ],
      },
    },
    'CONSENT_WITHDRAWN',
  ],
  [
    'redirecting too often',
    {
      history: SCENES.Declined,
      command: COMMANDS.RedirectReferral,
      facts: { profile: { ...FACTS.profile, maxLegs: 1 } },
    },
    'REFERRAL_TOO_MANY_LEGS',
  ],
  [
    'booking before a revision is acknowledged',
    {
      history: [
        ...SCENES.Accepted,
        past({
          type: 'ReferralRevised',
          data: {
            content: CONTENT,
            material: true,
            reason: 'x',
            signature: { practitionerId: FLAG, at: '2026-04-01T09:00:00.000Z' },
          },
        }),
      ],
      command: COMMANDS.BookVisit,
      by: THERAPIST,
    },
    'REVISION_UNACKNOWLEDGED',
  ],
  [
    'booking the first visit after the validity',
    {
      history: SCENES.Accepted,
      command: { ...COMMANDS.BookVisit, start: '2026-08-01T09:00:00.000Z' },
      by: THERAPIST,
    },
    'REFERRAL_VALIDITY_OVER',
  ],
  [
    'a no-show of a visit not booked',
    { history: SCENES.Booked, command: { type: 'RecordNoShow', sessionId: FLAG }, by: THERAPIST },
    'VISIT_NOT_BOOKED',
  ],
  [
    'cancelling a visit not booked',
    { history: SCENES.Booked, command: { ...COMMANDS.CancelVisit, sessionId: FLAG }, by: THERAPIST },
    'VISIT_NOT_BOOKED',
  ],
  [
    'a hold without an end',
    { history: SCENES.Accepted, command: { ...COMMANDS.HoldReferral, reviewBy: '2026-12-01' } },
    'HOLD_REVIEW_DATE',
  ],
  [
    'a hold until yesterday',
    { history: SCENES.Accepted, command: { ...COMMANDS.HoldReferral, reviewBy: '2026-03-31' } },
    'HOLD_REVIEW_DATE',
  ],
  [
    'resuming with a red flag open',
    {
      history: SCENES.OnHold,
      command: COMMANDS.ResumeReferral,
      facts: {
        flags: [
          {
            flagId: FLAG,
            catalogueId: 'F01',
            urgency: 'emergency',
            open: true,
            raisedAt: '2026-03-31T09:00:00.000Z',
          },
        ],
      },
    },
    'RED_FLAG_OPEN',
  ],
  [
    'resuming what the referrer holds',
    { history: SCENES.OnHold, command: COMMANDS.ResumeReferral, by: THERAPIST },
    'HOLD_IS_THE_REFERRERS',
  ],
  [
    'confirming a cancellation during a session',
    {
      history: SCENES.CancelRequested,
      command: COMMANDS.ConfirmCancellation,
      facts: { care: { ...FACTS.care, inProgress: 1 } },
    },
    'SESSION_IN_PROGRESS',
  ],
  [
    'confirming a cancellation with unsigned notes',
    {
      history: SCENES.CancelRequested,
      command: COMMANDS.ConfirmCancellation,
      facts: { care: { ...FACTS.care, performedUnsigned: 1 } },
    },
    'SESSION_UNSIGNED',
  ],
  [
    'an outcome with a session to come',
    {
      history: SCENES.InTreatment,
      command: COMMANDS.ReportOutcome,
      by: THERAPIST,
      facts: { care: { ...FACTS.care, notEnded: 1, upcoming: [SESSION] } },
    },
    'SESSION_NOT_ENDED',
  ],
  [
    'an outcome with unsigned notes',
    {
      history: SCENES.InTreatment,
      command: COMMANDS.ReportOutcome,
      by: THERAPIST,
      facts: { care: { ...FACTS.care, performedUnsigned: 1 } },
    },
    'SESSION_UNSIGNED',
  ],
  [
    'an outcome without measures or a reason',
    {
      history: SCENES.InTreatment,
      command: COMMANDS.ReportOutcome,
      by: THERAPIST,
      facts: { care: { ...FACTS.care, finalMeasureIds: [] } },
    },
    'OUTCOME_WITHOUT_MEASURES',
  ],
  [
    'an outcome by somebody unlicensed',
    {
      history: SCENES.InTreatment,
      command: COMMANDS.ReportOutcome,
      by: THERAPIST,
      facts: { signer: undefined },
    },
    'SIGNER_NOT_LICENSED',
  ],
  [
    'an addendum by somebody unlicensed',
    {
      history: SCENES.OutcomeReported,
      command: COMMANDS.AmendOutcome,
      by: THERAPIST,
      facts: { signer: undefined },
    },
    'SIGNER_NOT_LICENSED',
  ],
  [
    'taking back an old decline',
    {
      history: SCENES.Declined,
      command: COMMANDS.ReverseDecline,
      by: COORDINATOR,
      at: '2026-04-20T09:00:00.000Z',
    },
    'DECLINE_TOO_OLD',
  ],
  [
    'expiring what is valid',
    { history: SCENES.InTriage, command: COMMANDS.ExpireReferral },
    'REFERRAL_STILL_VALID',
  ],
  [
    'revising to something incomplete',
    { history: SCENES.Accepted, command: { type: 'ReviseReferral', content: {}, reason: 'x' } },
    'REFERRAL_INCOMPLETE',
  ],
  [
    'a shoulder without a side',
    {
      history: [],
      command: {
        type: 'DraftReferral',
        patientId: PATIENT,
        content: { sites: [{ region: 'shoulder', tissues: [] }] },
      },
    },
    'SITE_INVALID',
  ],
  [
    'one place twice',
    {
      history: [],
      command: {
        type: 'DraftReferral',
        patientId: PATIENT,
        content: {
          sites: [
            { region: 'knee', side: 'left', tissues: [] },
            { region: 'knee', side: 'left', tissues: [] },
          ],
        },
      },
    },
    'SITE_REPEATED',
  ],
  ['an empty message', { history: SCENES.Accepted, command: { type: 'PostMessage' } }, 'MESSAGE_EMPTY'],
])('%s', (_what, situation, code) => {
  it(`is refused with ${code}`, () => {
    expect(answer(situation)).toBe(code);
  });
});

describe('a booking', () => {
  it('within the days of grace keeps the referral alive', () => {
    const history = [
      ...SCENES.Accepted,
      past<ReferralEvent>({
        type: 'ReferralVisitBooked',
        data: { sessionId: SESSION, kind: 'treatment', start: '2026-07-03T09:00:00.000Z' },
      }),
    ];
    expect(answer({ history, command: COMMANDS.ExpireReferral, at: '2026-07-01T09:00:00.000Z' })).toBe(
      'VISIT_WITHIN_GRACE',
    );
  });

  it('told twice is one booking', () => {
    const again = {
      type: 'BookVisit',
      sessionId: SESSION,
      kind: 'treatment',
      start: '2026-04-08T09:00:00.000Z',
    } as const;
    expect(answer({ history: SCENES.Booked, command: again, by: THERAPIST })).toEqual([]);
  });
});

describe('a cancellation', () => {
  it('of a deceased patient waits for nobody', () => {
    const command = { type: 'RequestCancellation', reason: 'Died.', deceased: true } as const;
    expect(answer({ history: SCENES.InTreatment, command })).toEqual([
      'ReferralCancellationRequested',
      'ReferralCancelled',
    ]);
  });

  it('before treatment is confirmed at once where the installation says so', () => {
    const facts = { profile: { ...FACTS.profile, cancelBeforeTreatment: 'AUTO' as const } };
    expect(answer({ history: SCENES.Booked, command: COMMANDS.RequestCancellation, facts })).toEqual([
      'ReferralCancellationRequested',
      'ReferralCancelled',
    ]);
    expect(answer({ history: SCENES.InTreatment, command: COMMANDS.RequestCancellation, facts })).toEqual([
      'ReferralCancellationRequested',
    ]);
  });
});

describe('an order as it is sent', () => {
  const said = REFERRAL_COMMANDS.DraftReferral.body;

  it.each([
    ['a listing, if it is directed', { kind: 'directed' }, '/target/listingId'],
    ['at least one, if it is for a pool', { kind: 'pool', listingIds: [] }, '/target/listingIds'],
    ['nothing of the other kind', { kind: 'directed', listingId: LISTING, listingIds: [LISTING] }, '/target'],
    ['a kind that there is', { kind: 'nearby' }, '/target/kind'],
  ])('names %s', (_what, target, pointer) => {
    const { error } = said.safeParse({ patientId: PATIENT, content: { target } });
    expect(error?.issues.map(({ path }) => `/${path.slice(1).join('/')}`)).toEqual([pointer]);
  });
});

describe('declining for a red flag', () => {
  const declined = (more: Partial<ReferralCommandOf<'DeclineReferral'>>): unknown => {
    const decision = given(decider, REFERRAL_CONTRACT, ...SCENES.InTriage).when(
      { type: 'DeclineReferral', reason: 'red-flag', ...more },
      { facts: FACTS, by: COORDINATOR },
    );
    return decision.ok ? decision.events[0]?.data : decision.refusal.code;
  };

  it('names each sign that was seen, once', () => {
    expect(declined({ flags: ['F07', 'F03', 'F07'] })).toMatchObject({ catalogueIds: ['F07', 'F03'] });
  });

  it('may name flags that are raised', () => {
    expect(declined({ flagIds: [FLAG], urgency: 'urgent' })).not.toHaveProperty('catalogueIds');
  });

  it('alone names what was seen', () => {
    expect(declined({ reason: 'capacity', flags: ['F07'] })).not.toHaveProperty('catalogueIds');
  });
});
