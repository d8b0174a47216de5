/**
 * Registers: rules across streams, such as "one open referral for this service and region". A claim is an
 * event in a stream of its own, because not every store has a transaction across streams.
 */
import { z } from 'zod';
import { event, type Envelope, type EventsOf, type Instant, type StreamName } from '@fascia/kernel';

const interval = z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() });

export const REGISTER_CONTRACT = {
  ClaimMade: event(
    z.strictObject({
      claimId: z.uuid(),
      owner: z.string(),
      /** Version of the owner's stream, bookkeeping included, at which the owner appends, or not at all. */
      ownerVersion: z.int().min(0),
      interval: interval.optional(),
      /** How long it waits for its owner, from its own `recordedAt` on to that of any later event: no clock but the store's. */
      lifeSeconds: z.int().min(1),
    }),
  ),
  /** @property made version of the `ClaimMade` that it ends: several attempts of one owner may claim the same. */
  ClaimReleased: event(z.strictObject({ claimId: z.uuid(), made: z.int().min(1) })),
  /** Asks the store what time it is, where a claim seems to wait for nobody. */
  ClaimDoubted: event(z.strictObject({ claimId: z.uuid() })),
};

export type RegisterEvent = EventsOf<typeof REGISTER_CONTRACT>;

export interface HeldClaim {
  readonly claimId: string;
  readonly owner: StreamName;
  readonly ownerVersion: number;
  readonly interval: Interval;
  /** Version of its `ClaimMade` in the register. */
  readonly made: number;
  /** By `recordedAt`; from then on nobody waits for its owner. */
  readonly until: Instant;
}

export type RegisterState = readonly HeldClaim[];

type Interval = { readonly from: Instant; readonly to: Instant } | undefined;

export const evolveRegister = (held: RegisterState, event: Envelope<RegisterEvent>): RegisterState => {
  switch (event.type) {
    case 'ClaimMade': {
      const { claimId, owner, ownerVersion, interval, lifeSeconds } = event.data;
      const until = new Date(Date.parse(event.recordedAt) + lifeSeconds * 1_000).toISOString();
      const made = event.version;
      return [...held, { claimId, owner: owner as StreamName, ownerVersion, interval, made, until }];
    }
    case 'ClaimReleased':
      return held.filter(({ made }) => made !== event.data.made);
    case 'ClaimDoubted':
      return held;
  }
};

const overlaps = (a: Interval, b: Interval): boolean =>
  a === undefined || b === undefined || (a.from < b.to && b.from < a.to);

/** All that stand in the way of another claim. */
export const clashing = (
  held: RegisterState,
  wanted: Pick<HeldClaim, 'claimId' | 'interval'>,
): readonly HeldClaim[] =>
  held.filter((claim) => claim.claimId !== wanted.claimId && overlaps(claim.interval, wanted.interval));

export const released = ({ claimId, made }: HeldClaim): RegisterEvent => ({
  type: 'ClaimReleased',
  data: { claimId, made },
});
