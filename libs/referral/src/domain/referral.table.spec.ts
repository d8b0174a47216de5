import { gist, given, past } from '@fascia/testkit';
import type { Fact } from '@fascia/kernel';
import { REFERRAL_CONTRACT, type ReferralEvent } from '../contract/events.js';
import { COMMAND_TYPES, type ReferralCommandType } from '../contract/commands.js';
import {
  referralLifecycle,
  STAGES,
  TRANSITIONS,
  type Circumstance,
  type Stage,
  type TransitionRow,
} from '../contract/lifecycle.js';
import { decide } from './referral.decide.js';
import { evolve } from './referral.js';
import { stageOf } from './referral.state.js';
import {
  CLINIC,
  COMMANDS,
  CONTENT,
  COORDINATOR,
  FACTS,
  listing,
  LISTING,
  OTHER_CLINIC,
  OTHER_LISTING,
  PHYSICIAN,
  POOL_CLAIMED,
  POOL_SENT,
  SCENES,
  REDIRECTED,
} from './referral.scenes.spec-data.js';

const decider = { category: 'referral', initial: { kind: 'none' }, evolve, decide, stage: stageOf } as const;

const proposing = (kind: 'redirect' | 'stop'): Fact<ReferralEvent> =>
  past(
    kind === 'redirect'
      ? { type: 'ReferralRedirectProposed', data: { listingId: OTHER_LISTING, reason: 'They treat hands.' } }
      : { type: 'ReferralStopProposed', data: { reason: 'No cause.' } },
    COORDINATOR,
  );
const revised = past<ReferralEvent>(
  {
    type: 'ReferralRevised',
    data: {
      content: CONTENT,
      material: true,
      reason: 'Side.',
      signature: { practitionerId: PHYSICIAN.practitionerId ?? '', at: '2026-04-01T09:00:00.000Z' },
    },
  },
  PHYSICIAN,
);

/** The scene of a stage, made such that a row's circumstance holds. */
const scene = (stage: Stage, when: Circumstance | undefined): readonly Fact<ReferralEvent>[] => {
  switch (when) {
    case 'pool leg, unclaimed':
      return POOL_SENT;
    case 'pool leg, claimed':
      return POOL_CLAIMED;
    case 'redirect proposed':
      return [...SCENES[stage], proposing('redirect')];
    case 'proposal open':
      return [...SCENES[stage], proposing('stop')];
    case 'revision to acknowledge':
      return [...SCENES[stage], revised];
    default:
      return SCENES[stage];
  }
};

/** Facts under which the rules of a command let it pass, so that only the table decides. */
const factsFor = (command: ReferralCommandType): typeof FACTS =>
  command === 'RedirectReferral' ? { ...FACTS, listings: [listing(OTHER_LISTING, OTHER_CLINIC)] } : FACTS;

const atFor = (command: ReferralCommandType): string =>
  command === 'ExpireReferral' ? '2026-09-01T09:00:00.000Z' : '2026-04-01T10:00:00.000Z';

/** Moves that the rules beside the table refuse in this scene, or that change nothing; their own specs say why. */
const RULED_OUT: Readonly<Record<string, string | readonly string[]>> = {
  'StartTreatment from OnHold': [],
  'StartTreatment from CancelRequested': [],
  'ExpireReferral from OnHold': 'TREATMENT_STARTED',
};

const destination = (row: TransitionRow, from: Stage): readonly Stage[] => {
  switch (row.to) {
    case 'same':
      return [from];
    case 'prior':
      return ['InTreatment'];
    case 'unbooked':
      return ['Accepted'];
    default:
      return [row.to];
  }
};

describe('the transition table', () => {
  it('names every command, and every event that a referral stores', () => {
    expect(new Set(TRANSITIONS.map((row) => row.command))).toEqual(new Set(COMMAND_TYPES));
    expect(new Set(TRANSITIONS.flatMap((row) => row.events))).toEqual(
      new Set(Object.keys(REFERRAL_CONTRACT)),
    );
  });

  it('has a scene for every stage', () => {
    for (const stage of STAGES)
      expect(stageOf(given(decider, REFERRAL_CONTRACT, ...SCENES[stage]).state)).toBe(stage);
  });
});

describe.each(COMMAND_TYPES.map((command) => ({ command })))('$command', ({ command }) => {
  it.each(STAGES.map((stage) => ({ stage })))('from $stage: exactly as the table says', ({ stage }) => {
    const row = referralLifecycle.rowFor(command, stage);
    const story = given(decider, REFERRAL_CONTRACT, ...scene(stage, row?.when));
    const by =
      command === 'ClaimReferral'
        ? COORDINATOR
        : ['SendReferral', 'ReviseReferral', 'ResumeReferral', 'DraftReferral'].includes(command)
          ? PHYSICIAN
          : COORDINATOR;
    const decision = story.when(COMMANDS[command], { facts: factsFor(command), by, at: atFor(command) });
    if (row === undefined) {
      expect(gist(decision)).toBe('REFERRAL_ILLEGAL_TRANSITION');
      return;
    }
    const ruledOut = RULED_OUT[`${command} from ${stage}`];
    if (ruledOut !== undefined) {
      expect(gist(decision)).toEqual(ruledOut);
      return;
    }
    if (!decision.ok)
      throw new Error(
        `${command} from ${stage} was refused: ${decision.refusal.code} ${decision.refusal.detail}`,
      );
    expect(decision.events.map((event) => event.type)).toEqual(row.events);
    const after = decision.events.reduce((state, event) => evolve(state, past(event, by)), story.state);
    expect(destination(row, stage)).toContain(stageOf(after));
  });

  const rows = referralLifecycle.rowsOf(command).filter((row) => row.when !== undefined);
  if (rows.length > 0) {
    it('is refused where its circumstance does not hold', () => {
      for (const row of rows) {
        const other =
          row.when === 'directed leg' || row.when === "leg is the recipient's"
            ? POOL_SENT
            : SCENES[row.from.includes('Sent') ? 'Sent' : (row.from[0] ?? 'Sent')];
        const history = row.when === 'no proposal open' ? [...other, proposing('stop')] : other;
        if (row.when === 'directed leg' || row.when === "leg is the recipient's") {
          if (!row.from.includes('Sent')) continue;
        }
        const decision = given(decider, REFERRAL_CONTRACT, ...history).when(COMMANDS[command], {
          facts: factsFor(command),
          by: COORDINATOR,
        });
        expect(gist(decision)).toBe('REFERRAL_ILLEGAL_TRANSITION');
      }
    });
  }
});

describe('a leg', () => {
  it('goes back to the pool when released, and to the next recipient when redirected', () => {
    const released = given(
      decider,
      REFERRAL_CONTRACT,
      ...POOL_CLAIMED,
      past({ type: 'ReferralReleased', data: { reason: 'Full.' } }, COORDINATOR),
    );
    expect(gist(released.when({ type: 'ClaimReferral' }, { facts: FACTS, by: COORDINATOR }))).toEqual([
      'ReferralClaimed',
    ]);
    const redirected = given(decider, REFERRAL_CONTRACT, ...SCENES.Declined, past(REDIRECTED)).state;
    expect(redirected).toMatchObject({
      legs: [
        { ended: 'declined', recipient: { organizationId: CLINIC, listingId: LISTING } },
        { recipient: { organizationId: OTHER_CLINIC } },
      ],
    });
  });
});
