/** The place of an order beside the place of its diagnoses. */
import { past } from '@fascia/testkit';
import type { OrderContent } from '../contract/order.js';
import type { PlaceFact } from './facts.js';
import { orderFitsDiagnoses } from './referral.places.js';
import { COMMANDS, CONTENT, FACTS, FLAG, PATIENT, PHYSICIAN } from './referral.scenes.spec-data.js';
import { answer } from './referral.situations.spec-data.js';

type Site = NonNullable<OrderContent['sites']>[number];
const at = (region: string, side?: string): Site => ({
  region,
  tissues: ['tendon'],
  ...(side === undefined ? {} : { side }),
});
const [diagnosis] = FACTS.diagnoses;
if (diagnosis === undefined) throw new Error('the scenes have a diagnosis');

const fit = (sites: readonly Site[], places: readonly PlaceFact[], more: Partial<OrderContent> = {}) =>
  orderFitsDiagnoses(
    {
      begunAt: '2026-04-01T09:00:00.000Z',
      patientId: PATIENT,
      referrerOrganizationId: FLAG,
      content: { ...CONTENT, sites: [...sites], ...more },
    },
    { ...FACTS, diagnoses: places.map((place) => ({ ...diagnosis, place })) },
  );

const right = at('shoulder', 'right');
const left = at('shoulder', 'left');
const both = at('shoulder', 'bilateral');

describe('an order for the place of its diagnosis', () => {
  it.each<[string, readonly Site[], readonly PlaceFact[]]>([
    ['the same', [right], [{ region: 'shoulder', side: 'right' }]],
    ['a code that names no side', [right], [{ region: 'shoulder' }]],
    ['a code that names a side and no region', [right], [{ side: 'right' }]],
    ['nothing known', [right], [{}]],
    ['one side of two', [right], [{ region: 'shoulder', side: 'bilateral' }]],
    ['both, coded each for itself', [both], [{ side: 'left' }, { side: 'right' }]],
    ['two places, two diagnoses', [right, at('hip', 'left')], [{ region: 'hip' }, { region: 'shoulder' }]],
    ['pain all over', [right], [{ region: 'widespread' }]],
    ['an order for all over', [at('widespread')], [{ region: 'lumbar', side: 'midline' }]],
  ])('%s', (_what, sites, places) => {
    expect(fit(sites, places)).toBeUndefined();
  });
});

describe('an order for another place', () => {
  it.each<[string, readonly Site[], readonly PlaceFact[], readonly string[], readonly string[]]>([
    [
      'the other side',
      [right],
      [{ region: 'shoulder', side: 'left' }],
      ['right shoulder'],
      ['left shoulder'],
    ],
    ['the other side of a code', [right], [{ side: 'left' }], ['right shoulder'], ['left']],
    ['another region', [right], [{ region: 'knee', side: 'right' }], ['right shoulder'], ['right knee']],
    [
      'a side that nobody diagnosed',
      [both],
      [{ region: 'shoulder', side: 'left' }],
      ['right shoulder'],
      ['left shoulder'],
    ],
    [
      'a place more than was diagnosed',
      [right, at('knee', 'left')],
      [{ region: 'shoulder', side: 'right' }],
      ['left knee'],
      ['right shoulder'],
    ],
    [
      'a diagnosis more than is ordered for',
      [left],
      [
        { region: 'shoulder', side: 'left' },
        { region: 'hip', side: 'left' },
      ],
      ['left shoulder'],
      ['left hip'],
    ],
    [
      'the middle',
      [at('lumbar', 'midline')],
      [{ region: 'lumbar', side: 'bilateral' }],
      ['midline lumbar'],
      ['bilateral lumbar'],
    ],
  ])('%s: both are named', (_what, sites, places, ordered, diagnosed) => {
    expect(fit(sites, places)).toMatchObject({
      code: 'REFERRAL_SITE_DIFFERS',
      pointer: '/content/sites',
      about: { ordered, diagnosed },
    });
  });

  it('is taken when the sender says why', () => {
    const explained = { siteExplanation: 'The pain radiates from the neck.' };
    expect(fit([right], [{ region: 'cervical' }], explained)).toBeUndefined();
  });

  it('is not sent without', () => {
    const elsewhere = { ...CONTENT, sites: [left] };
    const drafted = past({
      type: 'ReferralDrafted' as const,
      data: {
        patientId: PATIENT,
        referrerOrganizationId: PHYSICIAN.organizationId ?? '',
        content: elsewhere,
      },
    });
    expect(answer({ history: [drafted], command: COMMANDS.SendReferral })).toBe('REFERRAL_SITE_DIFFERS');
  });
});
