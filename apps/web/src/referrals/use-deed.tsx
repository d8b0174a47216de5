/** What is begun from a button of a row or of the referral's own page. */
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useAct } from '../api/use-service.js';
import { Loading } from '../parts/states.js';
import type { Begun } from './DeedDialog.js';
import { deedOf, type OfferedDeed } from './deeds.js';

/** Whoever only looks at a list needs no dialog. */
const DeedDialog = lazy(async () => ({ default: (await import('./DeedDialog.js')).DeedDialog }));
const DeedRefused = lazy(async () => ({ default: (await import('./DeedDialog.js')).DeedRefused }));

/** What asks for nothing and ends nothing is done at once. */
const isAtOnce = (deed: OfferedDeed): boolean => {
  const { fields, ends = false } = deedOf(deed);
  return fields.length === 0 && !ends;
};

export const useDeed = (): {
  readonly begin: (deed: OfferedDeed, id: string, byKey?: boolean) => void;
  readonly form: ReactNode;
} => {
  const act = useAct('referrals');
  const [begun, setBegun] = useState<Begun>();
  const begin = (deed: OfferedDeed, id: string, byKey = false): void => {
    if (!isAtOnce(deed)) setBegun({ deed, id, byKey });
    else if (!act.isPending) act.mutate({ id, command: deed, body: {}, key: crypto.randomUUID() });
  };
  return {
    begin,
    form: (
      <Suspense fallback={<Loading />}>
        {begun !== undefined && <DeedDialog {...begun} close={() => setBegun(undefined)} />}
        {act.error !== null && <DeedRefused error={act.error} close={act.reset} />}
      </Suspense>
    ),
  };
};
