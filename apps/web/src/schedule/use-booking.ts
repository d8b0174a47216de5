/** Visits are booked one after the other, and each is answered for itself. */
import { useState } from 'react';
import { useCreate } from '../api/use-service.js';
import { bodyOf, isBooked, type Typed, type TypedVisit } from './typed.js';

/** Of one that is not booked. */
export type Verdict = { readonly kind: 'sending' } | { readonly kind: 'refused'; readonly error: Error };

export type Verdicts = Readonly<Record<string, Verdict>>;

/** @param type that a visit is booked is kept with the form: it is so after a reload as well */
export const useBooking = (typed: Typed, type: (change: (now: Typed) => Typed) => void, zone: string) => {
  const create = useCreate<'sessions', 'ScheduleSession'>('sessions');
  const [verdicts, setVerdicts] = useState<Verdicts>({});
  const [sending, setSending] = useState(false);
  const left = typed.visits.filter((visit) => !isBooked(visit));
  /** What was said of it holds no more. */
  const forget = (key: string): void => setVerdicts(({ [key]: _said, ...others }) => others);
  const told = (key: string, verdict: Verdict): void => setVerdicts((now) => ({ ...now, [key]: verdict }));

  /** @returns whether it is booked */
  const book = async (visit: TypedVisit): Promise<boolean> => {
    const { key } = visit;
    const body = bodyOf(typed, visit, { zone, now: Date.now() });
    if (body === undefined) return false;
    told(key, { kind: 'sending' });
    try {
      await create.mutateAsync({ command: 'ScheduleSession', body, key });
      type((now) => ({
        ...now,
        visits: now.visits.map((one) => (one.key === key ? { ...one, booked: true } : one)),
      }));
      forget(key);
      return true;
    } catch (error) {
      told(key, { kind: 'refused', error: error instanceof Error ? error : new Error('not an error') });
      return false;
    }
  };

  /** @returns whether all are booked now */
  const send = async (): Promise<boolean> => {
    setSending(true);
    let all = true;
    // One after the other: what the first takes up, the next is refused for.
    for (const visit of left) all = (await book(visit)) && all;
    setSending(false);
    return all;
  };
  return { verdicts, left: left.length, sending, send, forgetAll: () => setVerdicts({}) };
};
