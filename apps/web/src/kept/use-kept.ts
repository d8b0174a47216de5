/** A form that is there again after a closed tab, an expired token, a server that was killed: `useState` that outlives the page. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useService } from '../api/use-service.js';
import { Keeping } from './keeping.js';
import { filledIn } from './merging.js';
import { useCopies } from './use-copies.js';

interface Held<T> {
  readonly typed: T;
  /** Of the intention: sent again after a cut, it is done once. */
  readonly key: string;
}

interface Kept<T> extends Held<T> {
  /** Of what was typed last, where it depends on that. */
  readonly type: (typed: T | ((now: T) => T)) => void;
  /** It was found as somebody left it. */
  readonly found: boolean;
  /** Once it is sent, or when it is begun anew: nothing of it is kept. */
  readonly forget: () => void;
  /** Why the service does not keep it. */
  readonly error: Error | undefined;
}

const isHeld = <T>(content: unknown): content is Held<T> =>
  typeof content === 'object' && content !== null && 'typed' in content && 'key' in content;

type Meet<T> = (begun: T, left: T) => T | undefined;

/** A later release may ask for more than was typed in the one before. */
const asLeft = <T extends object>(begun: T, left: T): T => ({ ...begun, ...left });

/** @param tell why the service does not keep it */
const useKeeping = (form: string, tell: (inTheWay: Error | undefined) => void): Keeping => {
  const service = useService();
  const copies = useCopies();
  return useMemo(
    () =>
      new Keeping(form, {
        service: {
          find: async (name) =>
            (await service.read<{ typed: unknown; savedAt: string | null }>(`forms/${name}`)).body,
          keep: (name, typed) => service.put<{ savedAt: string }>(`forms/${name}`, { typed }),
          drop: (name) => service.remove(`forms/${name}`),
        },
        copies,
        tell: (_saving, inTheWay) => tell(inTheWay),
      }),
    [form, service, copies, tell],
  );
};

/**
 * @param form what it is for; where it is about one thing, a full stop and its id
 * @param nothing as it is before anybody types, JSON
 * @param meet what is shown of a form that was left, where how it is begun now says something as well; nothing where that is about
 * something else
 * @param puts it puts together itself what was left and what was typed before that was found
 */
export const useKept = <T extends object>(
  form: string,
  nothing: T,
  meet: Meet<T> = asLeft,
  puts = false,
): Kept<T> => {
  const fresh = (): Held<T> => ({ typed: nothing, key: crypto.randomUUID() });
  const [held, show] = useState(fresh);
  const latest = useRef(held);
  const [found, setFound] = useState(false);
  const [error, setError] = useState<Error>();
  const begun = useRef(false);
  const forgotten = useRef(false);
  const [before] = useState(nothing);
  const meeting = useRef(meet);
  const keeping = useKeeping(form, setError);

  useEffect(() => {
    let left = false;
    void keeping.find().then((content) => {
      if (left || (forgotten.current && !puts) || !isHeld<T>(content)) return;
      const now = latest.current.typed;
      const met = meeting.current(puts ? now : before, content.typed);
      if (met === undefined) return;
      // What is typed meanwhile is the newer word.
      const typed = puts || !begun.current ? met : filledIn(before, now, met);
      latest.current = { key: content.key, typed };
      show(latest.current);
      setFound(true);
      if (begun.current) keeping.keep(latest.current);
    });
    return () => {
      left = true;
      void keeping.leave();
    };
  }, [keeping, puts, before]);

  const type = useCallback(
    (typed: T | ((now: T) => T)): void => {
      begun.current = true;
      const { key, typed: now } = latest.current;
      latest.current = { key, typed: typeof typed === 'function' ? typed(now) : typed };
      show(latest.current);
      keeping.keep(latest.current);
    },
    [keeping],
  );
  const forget = (): void => {
    forgotten.current = true;
    latest.current = fresh();
    show(latest.current);
    setFound(false);
    setError(undefined);
    // A saving may fail while it is being forgotten.
    void keeping.forget().then(() => setError(undefined));
  };
  return { ...held, type, found, forget, error };
};
