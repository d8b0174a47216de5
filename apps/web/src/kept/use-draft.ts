/** A draft while it is written: what can be read is kept as it, what is not whole yet as a form beside it. */
import { useRef, useState } from 'react';
import { DRAFTED } from '../api/commands.js';
import { readContent } from './read-content.js';
import { useAutosave, type Contents } from './autosave.js';
import type { Draft } from './shared-draft.js';
import { useKept } from './use-kept.js';
import { keptOf, ofParts, overlaid, waitingIn, type Typed } from './waiting.js';

/** What is left of each kind is found again under it. */
const FORMS = { referrals: 'EditDraft', plans: 'EditPlan' } as const;

/** @param draft as the service has it now */
export const useDraft = <K extends keyof Contents>(
  collection: K,
  draft: Draft<Contents[K]> & { readonly id: string },
) => {
  type Content = Contents[K];
  const contract = DRAFTED[collection];
  const [content, setContent] = useState(draft.content);
  // What is said now stands beside what was said last, also by whoever began to say it before.
  const latest = useRef(content);
  /** Of each part what could be read of it last. */
  const good = useRef(readContent(contract, draft.content).kept);
  const kept = (): Content => keptOf(contract, latest.current, good.current);
  const typed = (): Typed<Content> => ({ content: latest.current, beside: kept() });
  const isWaiting = (): boolean => waitingIn(contract, latest.current).length > 0;
  const show = (whole: Content): void => {
    latest.current = whole;
    setContent(whole);
  };

  const { save, flush, saving, error } = useAutosave(collection, draft, {
    now: kept,
    show: (said) => {
      const waited = isWaiting();
      const whole = overlaid(contract, said, typed());
      good.current = readContent(contract, said).kept;
      show(whole);
      holdWhatWaits(waited);
    },
  });
  const begun: Typed<Content> = { content: draft.content };
  const meet = (_begun: Typed<Content>, left: Typed<Content>): Typed<Content> | undefined => {
    const whole = overlaid(contract, latest.current, left);
    if (waitingIn(contract, whole).length === 0) return undefined;
    show(whole);
    return typed();
  };
  const form = useKept(`${FORMS[collection]}.${draft.id}`, begun, meet, true);
  const holdWhatWaits = (waited: boolean): void => {
    if (isWaiting()) form.type(typed());
    else if (waited) form.forget();
  };
  /** @param part of what was said last, where it depends on that */
  const change = (part: Partial<Content> | ((now: Content) => Partial<Content>)): void => {
    const waited = isWaiting();
    const said = typeof part === 'function' ? part(latest.current) : part;
    show(ofParts<Content>(Object.entries({ ...latest.current, ...said })));
    good.current = kept();
    save(good.current);
    holdWhatWaits(waited);
  };
  const { kept: readable, waiting } = readContent(contract, content);
  return {
    content,
    change,
    /** What of it can be read. */
    readable,
    /** The parts that are not whole yet, and what is wrong with each. */
    waiting,
    /** Also of what was typed since it was drawn. */
    isWaiting,
    flush,
    saving,
    error,
    /** Why what waits is not kept. */
    unheld: form.error,
    /** Once it is no draft any more. */
    forget: form.forget,
  };
};
