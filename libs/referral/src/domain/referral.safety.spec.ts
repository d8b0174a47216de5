/** What the catalogue of contraindications refuses of an order, when it is sent and when it is revised. */
import type { Contraindicated } from '@fascia/clinical/contraindications';
import { given, past } from '@fascia/testkit';
import type { ReferralCommandOf } from '../contract/commands.js';
import { REFERRAL_CONTRACT } from '../contract/events.js';
import type { OrderContent } from '../contract/order.js';
import type { ReferralFacts } from './facts.js';
import { COMMANDS, CONTENT, FACTS, FLAG, PATIENT, PHYSICIAN, sentWith } from './referral.scenes.spec-data.js';
import { answer, decider, type History, type Situation } from './referral.situations.spec-data.js';

const draftOf = (content: OrderContent): History => [
  past(
    {
      type: 'ReferralDrafted',
      data: { patientId: PATIENT, referrerOrganizationId: PHYSICIAN.organizationId ?? '', content },
    },
    PHYSICIAN,
  ),
];

const SHOULDER = { region: 'shoulder', side: 'right' } as const;
const { holds } = FACTS;

const holding = (...facts: readonly Contraindicated[]): Partial<ReferralFacts> => ({
  holds: { ...holds, facts },
});

type Content = ReferralCommandOf<'ReviseReferral'>['content'];

const preferring = (...techniquesPreferred: string[]): Content => ({
  ...CONTENT,
  service: { code: 'STM', techniquesPreferred, techniquesExcluded: [] },
});

const send = (facts: Partial<ReferralFacts>, content: OrderContent = CONTENT): Situation => ({
  history: draftOf(content),
  command: COMMANDS.SendReferral,
  facts,
});

const cleared = { from: '2026-03-01', until: '2026-04-30' };
const unsettled = [{ precautionId: FLAG, catalogueId: 'P01' }];

describe('an order over contraindications', () => {
  it.each<[string, Situation, readonly string[] | string]>([
    ['what closes the whole body', send(holding({ catalogueId: 'C10' })), 'REFERRAL_CONTRAINDICATED'],
    ['what a physician has not cleared', send(holding({ catalogueId: 'P13' })), 'REFERRAL_CONTRAINDICATED'],
    [
      'what a physician has cleared',
      send(holding({ catalogueId: 'P13', clearance: cleared })),
      ['ReferralSent'],
    ],
    [
      'what was cleared for some techniques',
      send(holding({ catalogueId: 'P13', clearance: { ...cleared, techniques: ['EFF'] } })),
      ['ReferralSent'],
    ],
    ['a place that is closed today', send(holding({ catalogueId: 'C06', site: SHOULDER })), ['ReferralSent']],
    ['what modifies the care', send(holding({ catalogueId: 'P01' })), ['ReferralSent']],
    [
      'a preferred technique that is left out',
      send(holding({ catalogueId: 'P01' }), preferring('MFR', 'DTFM')),
      'REFERRAL_TECHNIQUE_CONTRAINDICATED',
    ],
    [
      'a preferred technique that is left',
      send(holding({ catalogueId: 'P01' }), preferring('MFR')),
      ['ReferralSent'],
    ],
    [
      'a preferred technique that is left out elsewhere',
      send(holding({ catalogueId: 'P10', site: { region: 'knee', side: 'left' } }), preferring('STR')),
      ['ReferralSent'],
    ],
    ['a precaution that nobody looked at', send({ unsettled }), 'REFERRAL_PRECAUTION_UNSETTLED'],
    [
      'a precaution that the order takes note of',
      send({ unsettled }, { ...CONTENT, precautions: ['P01'] }),
      ['ReferralSent'],
    ],
    [
      'a precaution of which the order notes another',
      send({ unsettled }, { ...CONTENT, precautions: ['P02'] }),
      'REFERRAL_PRECAUTION_UNSETTLED',
    ],
    [
      'a row that the catalogue does not have',
      send({}, { ...CONTENT, precautions: ['P99'] }),
      'PRECAUTION_ROW_UNKNOWN',
    ],
  ])('%s', (_what, situation, expected) => {
    expect(answer(situation)).toEqual(expected);
  });

  it('says which row, where, and what would open it', () => {
    const story = given(decider, REFERRAL_CONTRACT, ...draftOf(CONTENT));
    const decision = story.when(COMMANDS.SendReferral, {
      facts: { ...FACTS, ...holding({ catalogueId: 'P13' }) },
      by: PHYSICIAN,
    });
    expect(decision).toMatchObject({
      refusal: {
        about: {
          catalogueId: 'P13',
          site: 'shoulder/right',
          effect: 'CLEAR',
          openedBy: ['clearance', 'resolution'],
        },
        detail: expect.stringContaining('a physician clears it') as string,
      },
    });
  });

  it('is revised all the same, to say what closes the care; its preferences are judged', () => {
    const revise = (content: Content): Situation => ({
      history: sentWith(CONTENT),
      command: { type: 'ReviseReferral', content, reason: 'Anticoagulated since yesterday.' },
      facts: { ...holding({ catalogueId: 'C10' }, { catalogueId: 'P01' }), unsettled },
    });
    expect(answer(revise({ ...CONTENT, precautions: ['P01'] }))).toEqual(['ReferralRevised']);
    expect(answer(revise(preferring('DTFM')))).toBe('REFERRAL_TECHNIQUE_CONTRAINDICATED');
  });
});
