import { fold } from '@fascia/kernel';
import { toolsOver } from '@fascia/testkit';
import type { Claim } from '@fascia/write-door';
import { isOpen, STAGES } from '../contract/lifecycle.js';
import { NO_CARE } from '../domain/facts.js';
import {
  by,
  COMMANDS,
  COORDINATOR,
  OTHER_CLINIC,
  PATIENT,
  PHYSICIAN,
  SCENES,
  sentWith,
  REDIRECTED,
} from '../domain/referral.scenes.spec-data.js';
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

describe('how far care has come', () => {
  it('is asked of the clinic that has the order: what another enters late holds up nobody', async () => {
    const asked: unknown[] = [];
    const aggregate = referralAggregate({
      diagnoses: undefined as never,
      sideOf: () => 'none',
      careOf: (...of) => {
        asked.push(of);
        return { run: () => Promise.resolve(NO_CARE) };
      },
      screeningItems: [],
    });
    const redirected = by(PHYSICIAN, REDIRECTED);
    const state = fold(decider, [...SCENES.Declined, redirected]);
    const request = {
      command: COMMANDS.ConfirmCancellation,
      state,
      id: PATIENT,
      by: COORDINATOR,
      at: '2026-04-02T09:00:00.000Z',
    };
    await aggregate.facts(request, toolsOver({}));
    expect(asked).toEqual([[PATIENT, OTHER_CLINIC]]);
  });
});

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
