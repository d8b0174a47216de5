/**
 * PM16: what a pre-screen finds becomes a flag, and an emergency flag puts the referral on hold at once. The
 * physician's review is asked for by the care tasks; only the physician's reason lifts the flag.
 */
import { dayOf, daysAfter } from '@fascia/clinical/calendar';
import { idOf, uuidFrom, type Envelope } from '@fascia/kernel';
import type { ProcessManager, RequestedCommand } from './process.js';

/** A hold for safety is looked at again within a week (DEF); clearing the flag ends it sooner. */
const REVIEW_DAYS = 7;

const flagsFound = (event: Envelope, referralId: string): readonly RequestedCommand[] => {
  const { flags = [] } = event.data as { flags?: readonly string[] };
  return flags.map((catalogueId) => ({
    category: 'flag',
    id: uuidFrom('flag', event.id, catalogueId),
    command: {
      type: 'RaiseFlag',
      referralId,
      sessionId: idOf(event.stream),
      catalogueId,
      source: 'pre-screen',
      patientId: event.patientId ?? '',
    },
  }));
};

const hold = (event: Envelope, referralId: string): readonly RequestedCommand[] => {
  if ((event.data as { urgency?: string }).urgency !== 'emergency') return [];
  const reviewBy = daysAfter(dayOf(event.occurredAt), REVIEW_DAYS);
  return [
    {
      category: 'referral',
      id: referralId,
      command: {
        type: 'HoldReferral',
        reason: 'A red flag was raised.',
        reviewBy,
        flagId: idOf(event.stream),
      },
    },
  ];
};

export const stopOnRedFlag: ProcessManager = {
  name: 'stop-on-red-flag',
  takes: ['PreScreenRecorded', 'RedFlagRaised'],
  react: (event, _state, referralId) => ({
    commands: event.type === 'PreScreenRecorded' ? flagsFound(event, referralId) : hold(event, referralId),
  }),
};
