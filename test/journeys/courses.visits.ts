/** Visits that end otherwise than with the first signed note: kept and broken off, entered in error, entered late. */
import type { Person } from './person.js';

interface Among {
  readonly therapist: Person;
  readonly coordinator: Person;
  /** @returns the id of a visit that begins at once */
  book(): Promise<string>;
  /** What the clinic says of a visit beside its times. */
  readonly visit: { readonly referralId: string; readonly therapistId: string };
}

export const SCREENED = {
  flags: [],
  vitals: { sbpMmHg: 128, dbpMmHg: 80, heartRatePerMin: 70, spo2Percent: 98.5, tempCelsius: 36.8 },
  skinIntact: true,
  consentVerbal: true,
  nprsPre: 6,
};

const MINUTE_MS = 60_000;
const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

export const visitsOfOtherEnds = async ({ therapist, coordinator, book, visit }: Among): Promise<void> => {
  const broken = `/api/v1/sessions/${await book()}`;
  await coordinator.does(`${broken}/check-in`);
  await therapist.does(`${broken}/record-pre-screen`, SCREENED);
  await therapist.does(`${broken}/start`);
  await therapist.does(`${broken}/stop`, { reason: 'The fire alarm.' });

  const mistaken = `/api/v1/sessions/${await book()}`;
  await coordinator.does(`${mistaken}/check-in`);
  await coordinator.does(`${mistaken}/void`, { reason: 'Another patient of that name.' });

  const times = { start: ago(20), end: ago(5) };
  const { id } = await therapist.does('/api/v1/sessions', {
    ...visit,
    ...times,
    kind: 'reevaluation',
    lateReason: 'The system was away.',
  });
  await therapist.does(`/api/v1/sessions/${id}/complete`, {
    ...times,
    totalTreatmentMinutes: 0,
    nprsPost: 4,
    narrative: { subjective: 'Better.', objective: 'Less tender.', assessment: 'Responds.', plan: 'Go on.' },
  });
  await therapist.does(`/api/v1/sessions/${id}/sign`);
};
