/** What the circumstances of the transition table mean in a state. */
import { currentLeg, type ReferralState } from './referral.state.js';
import type { Circumstance } from '../contract/lifecycle.js';

type Placed = Extract<ReferralState, { kind: 'placed' }>;

const CIRCUMSTANCES: Readonly<Record<Circumstance, (state: Placed) => boolean>> = {
  'directed leg': (state) => currentLeg(state).target.kind === 'directed',
  'pool leg, unclaimed': (state) =>
    currentLeg(state).target.kind === 'pool' && currentLeg(state).recipient === undefined,
  'pool leg, claimed': (state) =>
    currentLeg(state).target.kind === 'pool' && currentLeg(state).recipient !== undefined,
  "leg is the recipient's": (state) => currentLeg(state).recipient !== undefined,
  'redirect proposed': (state) => state.proposal?.kind === 'redirect',
  'proposal open': (state) => state.proposal !== undefined,
  'no proposal open': (state) => state.proposal === undefined,
  'revision to acknowledge': (state) => state.revisionToAcknowledge,
};

export const circumstanceHolds = (when: Circumstance, state: ReferralState): boolean =>
  state.kind === 'placed' && CIRCUMSTANCES[when](state);
