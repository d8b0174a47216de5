/** A draft is kept on the server while it is written: one saving after the other, the last word counts. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { addressOf, type BodyOf } from '../api/commands.js';
import { mayGoWell, waitFor } from '../api/problem.js';
import { keyOf, useService } from '../api/use-service.js';

export type Saving = 'saved' | 'saving' | 'unsaved';

/** Typing comes in bursts; what is lost in a crash is the last of them at most. */
const BURST_MS = 500;

/** What a draft of each kind says, */
interface Contents {
  readonly referrals: BodyOf<'referrals', 'EditDraft'>['content'];
  readonly plans: BodyOf<'plans', 'EditPlan'>['content'];
}
/** where it is kept, and by which question it is read again. */
const KEPT = {
  referrals: { at: (id: string) => addressOf('referrals', id, 'EditDraft'), question: 'getReferral' },
  plans: { at: (id: string) => addressOf('plans', id, 'EditPlan'), question: 'getPlan' },
} as const satisfies Readonly<Record<keyof Contents, object>>;

export const useAutosave = <C extends keyof Contents>(collection: C, id: string) => {
  type Content = Contents[C];
  const service = useService();
  const queries = useQueryClient();
  const [saving, setSaving] = useState<Saving>('saved');
  const [error, setError] = useState<Error>();
  const waiting = useRef<Content>(undefined);
  const running = useRef<Promise<boolean>>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const run = useCallback(async (): Promise<boolean> => {
    for (let tried = 0; waiting.current !== undefined;) {
      const content = waiting.current;
      waiting.current = undefined;
      setSaving('saving');
      try {
        await service.write(KEPT[collection].at(id), { content }, crypto.randomUUID());
        tried = 0;
      } catch (failed) {
        const why = failed instanceof Error ? failed : new Error('not an error');
        waiting.current ??= content;
        setSaving('unsaved');
        if (!mayGoWell(tried, why)) {
          setError(why);
          return false;
        }
        const { promise, resolve } = Promise.withResolvers<undefined>();
        setTimeout(resolve, waitFor(tried, why));
        await promise;
        tried += 1;
      }
    }
    setError(undefined);
    setSaving('saved');
    await queries.invalidateQueries({ queryKey: keyOf(KEPT[collection].question, id) });
    return true;
  }, [service, queries, collection, id]);

  /** @returns whether everything is saved */
  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    running.current ??= run().finally(() => {
      running.current = undefined;
    });
    return running.current;
  }, [run]);

  const save = useCallback(
    (content: Content): void => {
      waiting.current = content;
      setSaving('unsaved');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), BURST_MS);
    },
    [flush],
  );

  // Whoever goes elsewhere has not taken back what they wrote.
  useEffect(
    () => () => {
      if (waiting.current !== undefined) void flush();
    },
    [flush],
  );
  return { save, flush, saving, error };
};
