/** What is stored about a red flag: raised, told, then cleared or confirmed by a physician; never deleted. */
import { z } from 'zod';
import { REGIONS, SIDES } from '@fascia/clinical';
import { movedSchema } from '@fascia/directory/contract';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';

const id = z.uuid();
const text = personal(z.string().max(4000));

export const URGENCIES = ['emergency', 'urgent', 'sameDay', 'byLaw'] as const;
export const FLAG_SOURCES = ['pre-screen', 'by-hand', 'referral-screening', 'decline'] as const;

/** How somebody was told of an emergency: spoken to. */
export const CALL_CHANNELS = ['phone', 'in-person'] as const;

/** Told as it was: what was added since, an older release did not know. */
const asBefore = (data: unknown): unknown => data;

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
      /** Where the sign is; the whole patient when absent. */
      site: z.strictObject({ region: z.enum(REGIONS), side: z.enum(SIDES).optional() }).optional(),
      /** By when a physician looks at it. */
      reviewDueAt: z.iso.datetime().optional(),
    }),
    2,
    asBefore,
  ),
  /** Somebody was phoned, or spoken to, about it. */
  RedFlagCommunicated: event(
    z.strictObject({
      to: personal(z.string().max(200)),
      channel: z.enum(CALL_CHANNELS),
      reached: z.boolean(),
      at: z.iso.datetime(),
    }),
  ),
  RedFlagCleared: event(z.strictObject({ rationale: text, evidenceRef: id.optional() })),
  RedFlagConfirmed: event(z.strictObject({ disposition: text })),
  /** It was found to be of somebody else. */
  RedFlagMoved: event(movedSchema),
};

export type FlagEvent = EventsOf<typeof FLAG_CONTRACT>;

/** Whether somebody has to be spoken to: not where a physician put the question themselves. */
export const needsCall = ({
  urgency,
  source,
}: Pick<Extract<FlagEvent, { type: 'RedFlagRaised' }>['data'], 'urgency' | 'source'>): boolean =>
  urgency === 'emergency' && source !== 'referral-screening';
