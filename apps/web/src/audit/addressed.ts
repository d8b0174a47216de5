/** What stands in the addresses of an auditor's pages: moments, days and ids, and never whose they are. */
/** The moment in the address; what is none is not looked at. */
export const knownAt = ({ at }: Readonly<Record<string, unknown>>): { at?: string } =>
  typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? { at: new Date(at).toISOString() } : {};

export const OUTCOMES = ['shown', 'nothing-shown', 'denied', 'refused'] as const;

type Outcome = (typeof OUTCOMES)[number];

export interface Looked {
  /** Of this person alone. */
  by?: string;
  /** At this patient alone. */
  of?: string;
  outcome?: Outcome;
  /** Days of the calendar here, both included. */
  from?: string;
  to?: string;
}

const isDay = (text: unknown): text is string => typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text);

const isId = (text: unknown): text is string => typeof text === 'string' && /^[0-9a-f-]{36}$/.test(text);

export const lookedIn = ({ by, of, outcome, from, to }: Readonly<Record<string, unknown>>): Looked => {
  const known = OUTCOMES.find((one) => one === outcome);
  return {
    ...(isId(by) ? { by } : {}),
    ...(isId(of) ? { of } : {}),
    ...(known === undefined ? {} : { outcome: known }),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
  };
};
