/** A draft is kept by the service while it is written, and in this browser for the moments in between. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { addressOf, type BodyOf } from '../api/commands.js';
import { keyOf, useService } from '../api/use-service.js';
import { Keeping, type Saving } from './keeping.js';
import { useCopies } from './use-copies.js';

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

interface Draft<Content> {
  readonly id: string;
  readonly version: number;
  readonly content: Content;
}

/**
 * @param draft as the service had it when the page was opened
 * @param restore told what this browser could not hand over in time, where nobody has gone on elsewhere
 */
export const useAutosave = <C extends keyof Contents>(
  collection: C,
  draft: Draft<Contents[C]>,
  restore: (content: Contents[C]) => void,
) => {
  type Content = Contents[C];
  const service = useService();
  const queries = useQueryClient();
  const copies = useCopies();
  const [standing, setStanding] = useState<{ readonly saving: Saving; readonly error?: Error }>({
    saving: 'saved',
  });
  const [opened] = useState(draft);
  const restoring = useRef(restore);
  const { id } = opened;

  const keeping = useMemo(() => {
    const { at, question } = KEPT[collection];
    const saved = async (content: unknown): Promise<{ savedAt: string }> => {
      const { version } = await service.write(at(id), { content }, crypto.randomUUID());
      void queries.invalidateQueries({ queryKey: keyOf(question, id) });
      return { savedAt: String(version) };
    };
    return new Keeping(`${collection}.${id}`, {
      service: {
        find: () => Promise.resolve({ typed: opened.content, savedAt: String(opened.version) }),
        keep: (_draft, content) => saved(content),
        drop: () => Promise.resolve(),
      },
      copies,
      tell: (saving, error) => setStanding({ saving, ...(error === undefined ? {} : { error }) }),
    });
  }, [service, queries, collection, id, copies, opened]);

  useEffect(() => {
    let left = false;
    void keeping.find().then((content) => {
      if (!left && content !== opened.content) restoring.current(content as Content);
    });
    return () => {
      left = true;
      void keeping.leave();
    };
  }, [keeping, opened]);

  return {
    save: useCallback((content: Content) => keeping.keep(content), [keeping]),
    /** @returns whether everything is saved */
    flush: useCallback(() => keeping.flush(), [keeping]),
    ...standing,
  };
};
