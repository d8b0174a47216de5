/** A draft is kept by the service while it is written, and in this browser for the moments in between. */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { addressOf, type BodyOf } from '../api/commands.js';
import { ADDRESSES } from '../api/questions.js';
import { keyOf, useService } from '../api/use-service.js';
import { Keeping, type Saving } from './keeping.js';
import { SharedDraft, type Draft, type Screen } from './shared-draft.js';
import { useCopies } from './use-copies.js';

/** What a draft of each kind says, */
export interface Contents {
  readonly referrals: BodyOf<'referrals', 'EditDraft'>['content'];
  readonly plans: BodyOf<'plans', 'EditPlan'>['content'];
}
/** where it is kept, and by which question it is read again. */
const KEPT = {
  referrals: { at: (id: string) => addressOf('referrals', id, 'EditDraft'), question: 'getReferral' },
  plans: { at: (id: string) => addressOf('plans', id, 'EditPlan'), question: 'getPlan' },
} as const satisfies Readonly<Record<keyof Contents, object>>;

export interface Flushed {
  /** That has all of it; nothing where it could not be saved. */
  readonly version: number | undefined;
  /** Somebody else's words came into it meanwhile: it is looked at before it is signed. */
  readonly met: boolean;
}

/**
 * @param draft as the service has it now: where somebody else has gone on and nothing waits here, theirs is shown
 * @param screen where it is written; also told what this browser could not hand over in time
 */
export const useAutosave = <C extends keyof Contents>(
  collection: C,
  draft: Draft<Contents[C]> & { readonly id: string },
  screen: Screen<Contents[C]>,
) => {
  type Content = Contents[C];
  const service = useService();
  const queries = useQueryClient();
  const copies = useCopies();
  const [standing, setStanding] = useState<{ readonly saving: Saving; readonly error?: Error }>({
    saving: 'saved',
  });
  const [opened] = useState(draft);
  const shown = useRef(screen);
  const { id } = opened;

  const { shared, keeping } = useMemo(() => {
    const { at, question } = KEPT[collection];
    const shared = new SharedDraft<Content>(opened, {
      read: async () => (await service.read<Draft<Content>>(ADDRESSES[question].replace(':id', id))).body,
      write: async (content, version) => {
        const written = await service.write(at(id), { content }, crypto.randomUUID(), version);
        void queries.invalidateQueries({ queryKey: keyOf(question, id) });
        return written;
      },
      screen: {
        now: () => shown.current.now(),
        show: (content) => {
          shown.current.show(content);
          keeping.restate(content);
        },
      },
    });
    const keeping: Keeping = new Keeping(`${collection}.${id}`, {
      service: shared,
      copies,
      tell: (saving, error) => setStanding({ saving, ...(error === undefined ? {} : { error }) }),
    });
    return { shared, keeping };
  }, [service, queries, collection, id, copies, opened]);

  useEffect(() => {
    void keeping.find().then((content) => {
      if (content !== opened.content) shared.restore(content as Content);
    });
    return () => void keeping.leave();
  }, [shared, keeping, opened]);

  // Also once a saving is over, during which it was not looked at.
  useEffect(() => {
    if (shared.isBehind(draft) && keeping.goesOnFrom(String(draft.version))) shared.meet(draft);
  }, [shared, keeping, draft.version, standing.saving]);

  return {
    save: useCallback((content: Content) => keeping.keep(content), [keeping]),
    flush: useCallback(async (): Promise<Flushed> => {
      const { met } = shared;
      const isSaved = await keeping.flush();
      return { version: isSaved ? shared.version : undefined, met: shared.met !== met };
    }, [shared, keeping]),
    ...standing,
  };
};
