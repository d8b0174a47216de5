/** What is stored about a red flag: raised, then cleared or confirmed by a physician; never deleted. */
import { z } from 'zod';
import { movedSchema } from '@fascia/directory/contract';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';

const id = z.uuid();
const text = personal(z.string().max(4000));

export const URGENCIES = ['emergency', 'urgent', 'sameDay', 'byLaw'] as const;
export const FLAG_SOURCES = ['pre-screen', 'by-hand', 'referral-screening'] as const;

export const FLAG_CONTRACT = {
  RedFlagRaised: event(
    z.strictObject({
      patientId: id,
      referralId: id.optional(),
      sessionId: id.optional(),
      /** Row of the red-flag catalogue, and the catalogue's version. */
      catalogueId: z.string(),
      catalogueVersion: z.string(),
      urgency: z.enum(URGENCIES),
      source: z.enum(FLAG_SOURCES),
      note: text.optional(),
    }),
  ),
  RedFlagCleared: event(z.strictObject({ rationale: text, evidenceRef: id.optional() })),
  RedFlagConfirmed: event(z.strictObject({ disposition: text })),
  /** It was found to be of somebody else. */
  RedFlagMoved: event(movedSchema),
};

export type FlagEvent = EventsOf<typeof FLAG_CONTRACT>;
