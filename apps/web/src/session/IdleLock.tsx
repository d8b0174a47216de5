/** Covers the screens once nobody has touched them for a while (45 CFR 164.312(a)(2)(iii)). */
import { useEffect, useState, type ReactNode } from 'react';
import { isToBeCovered, touch, whenIdle } from './idle.js';
import { useMe } from './me.js';
import { useSession } from './session.js';

const MINUTE_MS = 60_000;

/** Just signed in is touched, whatever the browser remembers of the time before. */
export const IdleLock = ({ children }: { readonly children: ReactNode }) => {
  const { idle, fresh, lock } = useSession();
  const { organizationId } = useMe().actingAs;
  const limitMs = (idle.of[organizationId ?? ''] ?? idle.minutes) * MINUTE_MS;
  const [covered, setCovered] = useState(() => {
    if (fresh) touch();
    return isToBeCovered(limitMs);
  });
  useEffect(() => whenIdle(limitMs, () => setCovered(true)), [limitMs]);
  useEffect(() => {
    if (covered) lock();
  }, [covered, lock]);
  return covered ? undefined : children;
};
