/** What can be done with a visit beside its own course, and what each asks for. */
import type { VisitCommand } from './use-visit-act.js';

export type Field = 'text' | 'reason';

interface Deed {
  readonly fields: readonly Field[];
  /** Ends the visit: it is asked once more, in another colour. */
  readonly ends?: boolean;
}

/** In the order in which they are offered. */
export const DEEDS = {
  AmendSession: { fields: ['text', 'reason'] },
  MarkNoShow: { fields: [], ends: true },
  StopSession: { fields: ['reason'], ends: true },
  VoidSession: { fields: ['reason'], ends: true },
} as const satisfies { readonly [T in VisitCommand]?: Deed };

export type OfferedDeed = keyof typeof DEEDS;

export const deedOf = (deed: OfferedDeed): Deed => DEEDS[deed];

const ORDER = Object.keys(DEEDS) as readonly OfferedDeed[];

/** @param allowed as the service says of the caller, of this visit */
export const offeredOf = (allowed: readonly string[]): readonly OfferedDeed[] =>
  ORDER.filter((deed) => allowed.includes(deed));
