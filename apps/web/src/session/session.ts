/** What the screens know of the session. */
import { createContext, use } from 'react';
import type { WebSettings } from './settings.js';

export interface Session {
  readonly name: string;
  /** Chooses the role for all that follows. */
  readonly act: (role: string) => void;
  readonly end: () => Promise<void>;
  readonly idle: WebSettings['idle'];
  /** Somebody has just shown who they are, in this page. */
  readonly fresh: boolean;
  /** Covers what is shown; whoever was here signs in again and goes on where they were. */
  readonly lock: () => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export const useSession = (): Session => {
  const session = use(SessionContext);
  if (session === undefined) throw new Error('nobody is signed in');
  return session;
};
