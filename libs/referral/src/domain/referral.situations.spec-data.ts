/** A command in a situation, and what comes of it: how the specs of the rules ask. */
import { gist, given } from '@fascia/testkit';
import type { Fact } from '@fascia/kernel';
import { REFERRAL_CONTRACT, type ReferralEvent } from '../contract/events.js';
import type { ReferralCommand } from '../contract/commands.js';
import type { ReferralFacts } from './facts.js';
import { decide } from './referral.decide.js';
import { evolve } from './referral.js';
import { FACTS, PHYSICIAN } from './referral.scenes.spec-data.js';
import { stageOf } from './referral.state.js';

export const decider = {
  category: 'referral',
  initial: { kind: 'none' },
  evolve,
  decide,
  stage: stageOf,
} as const;

export type History = readonly Fact<ReferralEvent>[];
export interface Situation {
  readonly history: History;
  readonly command: ReferralCommand;
  readonly facts?: Partial<ReferralFacts>;
  readonly by?: typeof PHYSICIAN;
  readonly at?: string;
}

/** What the command does there: the events' names, or the refusal's code. */
export const answer = ({
  history,
  command,
  facts = {},
  by = PHYSICIAN,
  at = '2026-04-01T10:00:00.000Z',
}: Situation): string | readonly string[] =>
  gist(
    given(decider, REFERRAL_CONTRACT, ...history).when(command, { facts: { ...FACTS, ...facts }, by, at }),
  );
