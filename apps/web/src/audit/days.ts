/** Days of the calendar where the reader is, as moments. */
const DAY_MS = 86_400_000;

/** The moment at which a day begins where the reader is. */
export const beginOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString();

/** The moment at which it is over. */
export const endOf = (day: string): string => {
  // Noon and a day more is in the next day, whatever the clocks do in between.
  const next = new Date(new Date(`${day}T12:00:00`).getTime() + DAY_MS);
  next.setHours(0, 0, 0, 0);
  return next.toISOString();
};
