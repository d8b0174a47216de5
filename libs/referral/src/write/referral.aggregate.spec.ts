import { fold } from '@fascia/kernel';
import type { Claim } from '@fascia/write-door';
import { isOpen, STAGES } from '../contract/lifecycle.js';
import { NO_CARE } from '../domain/facts.js';
import { PATIENT, SCENES, sentWith } from '../domain/referral.scenes.spec-data.js';
import { decider, type History } from '../domain/referral.situations.spec-data.js';
import { referralAggregate } from './referral.aggregate.js';

const referrals = referralAggregate({
  // Nothing that is held looks at a diagnosis.
  diagnoses: undefined as never,
  sideOf: () => 'none',
  careOf: () => ({ run: () => Promise.resolve(NO_CARE) }),
  screeningItems: [],
});

const claimsOf = (history: History): readonly Claim[] => referrals.holds?.(fold(decider, history), '') ?? [];
const placesOf = (history: History): readonly unknown[] => claimsOf(history).map(({ key }) => key.at(-1));

describe('what an open referral holds', () => {
  it.each(STAGES)('is held exactly while it is open: %s', (stage) => {
    expect(claimsOf(SCENES[stage]).map(({ key, refusal }) => [key, refusal.code])).toEqual(
      isOpen(stage) ? [[['open-referral', PATIENT, 'STM', 'shoulder/right'], 'REFERRAL_DUPLICATE']] : [],
    );
  });

  it.each([
    ['both sides, one by one', [{ region: 'knee', side: 'bilateral' }], ['knee/left', 'knee/right']],
    ['a place that has no side', [{ region: 'widespread' }], ['widespread']],
    [
      'a place once that is named in two ways',
      [
        { region: 'knee', side: 'left' },
        { region: 'knee', side: 'bilateral' },
      ],
      ['knee/left', 'knee/right'],
    ],
  ])('are %s', (_what, sites, places) => {
    const content = { sites: sites.map((site) => ({ ...site, tissues: [] })) };
    expect(placesOf(sentWith(content))).toEqual(places);
  });

  it('is nothing where a reason was given for a second one', () => {
    expect(placesOf(sentWith({ duplicateOverrideReason: 'The other one is for the elbow.' }))).toEqual([]);
  });
});
