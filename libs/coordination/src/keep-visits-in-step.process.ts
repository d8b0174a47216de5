/**
 * What sessions mean for the order, and the order for sessions (PM5, PM6, PM8, PM16): bookings, no-shows and
 * cancellations reach the referral, the first session starts treatment, a lapsed leg cancels its bookings.
 */
import { idOf, type Envelope } from '@fascia/kernel';
import type { Memory, ProcessManager, RequestedCommand, RequestedOf } from './process.js';

const referral = (id: string, command: RequestedOf<'referral'>['command']): RequestedCommand => ({
  category: 'referral',
  id,
  command,
});

const cancelSessions = (event: Envelope): readonly RequestedCommand[] => {
  const { bookingsCancelled = [] } = event.data as { bookingsCancelled?: readonly string[] };
  return bookingsCancelled.map((id) => ({
    category: 'session',
    id,
    command: { type: 'CancelSession', by: 'clinic', reason: event.type },
  }));
};

/** Sessions whose cancellation this process asked for: the referral has dropped them already. */
const dropped = (event: Envelope): Memory =>
  Object.fromEntries(
    ((event.data as { bookingsCancelled?: readonly string[] }).bookingsCancelled ?? []).map((id) => [
      `dropped/${id}`,
      true,
    ]),
  );

const fromSession = (event: Envelope, memory: Memory, referralId: string): readonly RequestedCommand[] => {
  const sessionId = idOf(event.stream);
  const data = event.data as { kind?: string; start?: string; by?: string; noticeHours?: number };
  switch (event.type) {
    case 'SessionScheduled':
      return [
        referral(referralId, {
          type: 'BookVisit',
          sessionId,
          kind: data.kind ?? 'treatment',
          start: data.start ?? '',
        }),
      ];
    case 'SessionCancelled':
      return memory[`dropped/${sessionId}`] === true
        ? []
        : [
            referral(referralId, {
              type: 'CancelVisit',
              sessionId,
              by: data.by ?? 'clinic',
              noticeHours: data.noticeHours ?? 0,
            }),
          ];
    case 'SessionNoShow':
      return [referral(referralId, { type: 'RecordNoShow', sessionId })];
    case 'SessionStarted':
      return memory['treatmentStarted'] === true
        ? []
        : [referral(referralId, { type: 'StartTreatment', sessionId })];
    default:
      return [];
  }
};

export const keepVisitsInStep: ProcessManager = {
  name: 'keep-visits-in-step',
  takes: [
    'SessionScheduled',
    'SessionCancelled',
    'SessionNoShow',
    'SessionStarted',
    'ReferralDeclined',
    'ReferralRedirected',
    'ReferralPutOnHold',
  ],
  react: (event, { memory }, referralId) => ({
    noted: { ...dropped(event), ...(event.type === 'SessionStarted' ? { treatmentStarted: true } : {}) },
    commands: [...cancelSessions(event), ...fromSession(event, memory, referralId)],
  }),
};
