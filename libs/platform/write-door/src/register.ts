/**
 * Registers: rules across streams, such as "one open referral for this service and region". A claim is an
 * event in a stream of its own, because not every store has a transaction across streams.
 */
import { z } from 'zod';
import {
  event,
  happened,
  refusals,
  refusing,
  type Decider,
  type EventsOf,
  type Instant,
} from '@fascia/kernel';

const interval = z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() });

export const REGISTER_CONTRACT = {
  ClaimMade: event(
    z.strictObject({
      claimId: z.uuid(),
      owner: z.string(),
      interval: interval.optional(),
      expiresAt: z.iso.datetime(),
    }),
  ),
  ClaimReleased: event(z.strictObject({ claimId: z.uuid() })),
};

export const REGISTER_REFUSALS = refusals({ 409: { REGISTER_TAKEN: 'Somebody else holds this' } });

const refuse = refusing<keyof typeof REGISTER_REFUSALS>();

type RegisterEvent = EventsOf<typeof REGISTER_CONTRACT>;
export type HeldClaim = Extract<RegisterEvent, { type: 'ClaimMade' }>['data'];
export type RegisterState = readonly HeldClaim[];

type RegisterCommand =
  | ({ readonly type: 'MakeClaim'; readonly instead?: string | undefined } & HeldClaim)
  | { readonly type: 'ReleaseClaim'; readonly claimId: string };

type Interval = { readonly from: Instant; readonly to: Instant } | undefined;

const overlaps = (a: Interval, b: Interval): boolean =>
  a === undefined || b === undefined || (a.from < b.to && b.from < a.to);

/** The claim of somebody else that stands in the way. */
export const clashing = (
  held: RegisterState,
  wanted: Pick<HeldClaim, 'claimId' | 'interval'>,
): HeldClaim | undefined =>
  held.find((claim) => claim.claimId !== wanted.claimId && overlaps(claim.interval, wanted.interval));

/** A retry claims nothing new, unless most of the claim's life is over: its owner is about to come only now. */
const isFresh = (mine: HeldClaim, again: HeldClaim, at: Instant): boolean =>
  2 * (Date.parse(mine.expiresAt) - Date.parse(at)) >= Date.parse(again.expiresAt) - Date.parse(at);

export const registerDecider: Decider<RegisterState, RegisterCommand, RegisterEvent, undefined> = {
  category: 'register',
  initial: [],
  evolve: (held, fact) =>
    fact.type === 'ClaimMade'
      ? [...held.filter((claim) => claim.claimId !== fact.data.claimId), fact.data]
      : held.filter((claim) => claim.claimId !== fact.data.claimId),
  decide: (command, held, { at }) => {
    if (command.type === 'ReleaseClaim') {
      return held.some((claim) => claim.claimId === command.claimId)
        ? happened({ type: 'ClaimReleased', data: { claimId: command.claimId } })
        : happened();
    }
    const { type: _type, instead, ...claim } = command;
    const left = held.filter((other) => other.claimId !== instead);
    if (clashing(left, claim) !== undefined) return refuse('REGISTER_TAKEN', 'Somebody else holds this.');
    const mine = left.find((other) => other.claimId === claim.claimId);
    if (mine !== undefined && isFresh(mine, claim, at)) return happened();
    const release: RegisterEvent[] =
      instead === undefined ? [] : [{ type: 'ClaimReleased', data: { claimId: instead } }];
    return happened<RegisterEvent>(...release, { type: 'ClaimMade', data: claim });
  },
  stage: (held) => (held.length === 0 ? 'free' : 'held'),
};
