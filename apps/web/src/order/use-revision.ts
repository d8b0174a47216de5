/** A revision of an order while it is written: kept as it is typed, and checked by the rules that will be asked when it is sent. */
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Answer } from '../api/questions.js';
import { useAct, useRehearsal } from '../api/use-service.js';
import { useKept } from '../kept/use-kept.js';
import type { Content } from './content.js';
import type { Change } from './parts.js';
import { changedIn, otherwiseThan, revised, type Otherwise } from './revised.js';

const TYPED_MS = 250;
/** No rule asks which one it is, and before it is written there is none. */
const ANY_REASON = '…';

interface Typed {
  readonly otherwise: Otherwise;
  readonly reason: string;
}

const NOTHING: Typed = { otherwise: {}, reason: '' };

export const useRevision = ({ id, version, content: sent }: Answer<'getReferral'>) => {
  const order = sent as Content;
  const { typed, type, key, found, forget } = useKept(`ReviseReferral.${id}`, NOTHING);
  const content = useMemo(() => revised(order, typed.otherwise), [order, typed.otherwise]);
  const [checked] = useDebouncedValue(content, TYPED_MS);
  const { data } = useRehearsal<'referrals', 'ReviseReferral'>(
    { id, command: 'ReviseReferral', body: { content: checked, reason: ANY_REASON } },
    { enabled: true, of: version },
  );
  const act = useAct<'referrals', 'ReviseReferral'>('referrals');
  return {
    order,
    content,
    changed: changedIn(order, content),
    reason: typed.reason,
    found,
    forget,
    /** Nothing is known yet when absent. */
    refusals: data?.refusals,
    change: (part: Change): void =>
      type((now) => {
        const said = revised(order, now.otherwise);
        const next = { ...said, ...(typeof part === 'function' ? part(said) : part) };
        return { ...now, otherwise: otherwiseThan(order, next) };
      }),
    explain: (reason: string): void => type((now) => ({ ...now, reason })),
    error: act.error,
    isPending: act.isPending,
    send: (sentNow: () => void): void =>
      act.mutate(
        {
          id,
          command: 'ReviseReferral',
          body: { content, reason: typed.reason.trim() },
          key,
          ifVersion: version,
        },
        {
          onSuccess: () => {
            forget();
            sentNow();
          },
        },
      ),
  };
};
