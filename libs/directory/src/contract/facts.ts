/**
 * What was recorded on a record while another one was merged into it: after the merge is undone a person says of each whose it is. What
 * contexts store and are asked where a fact goes from one person to another (docs/adr/0020-a-person-is-several-records.md).
 */
import { z } from 'zod';
import { id } from '@fascia/kernel/contract';

/** A referral stands for what hangs on it, `patient` for changes of the record itself. */
// prettier-ignore
export const FACT_CATEGORIES = ['flag', 'diagnosis', 'precaution', 'consent', 'assessment', 'referral', 'patient'] as const;

export type FactCategory = (typeof FACT_CATEGORIES)[number];

/** Those of which one stream is the whole, so that it is recorded again as it was. */
export const MOVABLE_FACTS = ['flag', 'diagnosis', 'consent'] as const satisfies readonly FactCategory[];

/** `seen-to`: a person ended it where it was, and recorded it where it belongs. */
export const ASSIGNMENTS = ['stays', 'moves', 'seen-to'] as const;

export type Assignment = (typeof ASSIGNMENTS)[number];

export const factSchema = z.strictObject({
  category: z.enum(FACT_CATEGORIES),
  id: z.uuid(),
  /** The record that it was recorded on. */
  patientId: z.uuid(),
});

export type UnassignedFact = z.output<typeof factSchema>;

/** Stored in a stream that was found to be of somebody else: whose, and as what it goes on. */
export const movedSchema = z.strictObject({ toPatientId: z.uuid(), toId: z.uuid() });

export type MovedTo = z.output<typeof movedSchema>;

/** What is asked of the new stream, and then of the one that it is taken from. */
export const TAKING_OVER = { patientId: id('Whose it is.'), fromId: id('As what it was recorded.') };
export const MOVING = { toPatientId: id('Whose it is.'), toId: id('As what it goes on.') };

interface TakingOver {
  readonly type: string;
  readonly patientId: string;
  readonly fromId: string;
}

interface MovingAway extends MovedTo {
  readonly type: string;
}

export type Moving = TakingOver | MovingAway;

/** Of a context's commands those two, and the others. */
export type MovingOf<C> = Extract<C, Moving>;
export type OwnCommands<C> = Exclude<C, Moving>;
