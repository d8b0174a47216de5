/** Visits are booked one after the other, and each is answered for itself. */
import { useState } from 'react';
import { useCreate } from '../api/use-service.js';
import { bodyOf, type Typed, type TypedVisit } from './typed.js';

export type Verdict =
  | { readonly kind: 'sending' }
  | { readonly kind: 'booked' }
  | { readonly kind: 'refused'; readonly error: Error };

export type Verdicts = Readonly<Record<string, Verdict>>;

export const useBooking = (typed: Typed, zone: string) => {
  const create = useCreate<'sessions', 'ScheduleSession'>('sessions');
  const [verdicts, setVerdicts] = useState<Verdicts>({});
  const [sending, setSending] = useState(false);
  const left = typed.visits.filter(({ key }) => verdicts[key]?.kind !== 'booked');
  const told = (key: string, verdict: Verdict): void => setVerdicts((now) => ({ ...now, [key]: verdict }));

  /** @returns whether it is booked */
  const book = async (visit: TypedVisit): Promise<boolean> => {
    const { key } = visit;
    const body = bodyOf(typed, visit, { zone, now: Date.now() });
    if (body === undefined) return false;
    told(key, { kind: 'sending' });
    try {
      await create.mutateAsync({ command: 'ScheduleSession', body, key });
      told(key, { kind: 'booked' });
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
  /** What was said of it holds no more once it is put elsewhere. */
  const forget = (key: string): void => setVerdicts(({ [key]: _said, ...others }) => others);
  return { verdicts, left: left.length, sending, send, forget };
};
