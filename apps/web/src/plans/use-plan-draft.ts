/** A plan while it is written: what is whole is kept as its draft, rows that lack something as a form beside it. */
import { useEffect, useRef, useState } from 'react';
import { useAutosave } from '../kept/autosave.js';
import { useKept } from '../kept/use-kept.js';
import { same, type Plan } from './changes.js';
import { keepable, waitingIn, type Content } from './proposal.js';

interface Form {
  readonly content: Content;
}

export const usePlanDraft = (plan: Plan) => {
  const [content, setContent] = useState(plan.content);
  // What is said now stands beside what was said last, also by whoever began to say it before.
  const latest = useRef(content);
  const left = useRef<Content>(undefined);
  const show = (whole: Content): void => {
    latest.current = whole;
    setContent(whole);
  };
  /** Of the rows that wait nothing is known to the draft: they belong to it as it stood beside them, and to no later one. */
  const asLeftBeside = (draft: Content): Content | undefined =>
    left.current !== undefined && same(keepable(left.current), keepable(draft)) ? left.current : undefined;

  const { save, flush, saving, error } = useAutosave(
    'plans',
    { ...plan, content: keepable(content) },
    (draft) => show(asLeftBeside(draft) ?? draft),
  );
  const form = useKept<Form>(`EditPlan.${plan.id}`, { content: plan.content }, (_begun, was) => {
    left.current = was.content;
    return asLeftBeside(latest.current) === undefined ? undefined : was;
  });
  const { found, typed } = form;
  // Once: what is typed afterwards is shown as it is typed.
  useEffect(() => {
    if (found) show(typed.content);
  }, [found]);
  const waiting = waitingIn(content);
  const change = (part: Partial<Content>): void => {
    const said = Object.entries({ ...latest.current, ...part }).filter(([, value]) => value !== undefined);
    const waited = waitingIn(latest.current) > 0;
    show(Object.fromEntries(said));
    save(keepable(latest.current));
    if (waitingIn(latest.current) > 0) form.type({ content: latest.current });
    else if (waited) form.forget();
  };
  return { content, change, waiting, flush, saving, error, forget: form.forget };
};
