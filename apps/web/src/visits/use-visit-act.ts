/** What is done with a visit, one intention at a time: pressed twice it is done once, and what comes next is another. */
import { useState } from 'react';
import type { ActName, BodyOf } from '../api/commands.js';
import { useAct } from '../api/use-service.js';

export type VisitCommand = ActName<'sessions'>;

export const useVisitAct = (id: string) => {
  const act = useAct('sessions');
  const [key, setKey] = useState(() => crypto.randomUUID());
  const send = <T extends VisitCommand>(command: T, body: BodyOf<'sessions', T>, done?: () => void): void =>
    act.mutate(
      { id, command, body: body as BodyOf<'sessions', VisitCommand>, key },
      {
        onSuccess: () => {
          setKey(crypto.randomUUID());
          done?.();
        },
      },
    );
  return { send, error: act.error, busy: act.isPending, forget: act.reset };
};
