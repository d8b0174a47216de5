/** What the screens know of the session. */
import { createContext, use } from 'react';

export interface Session {
  readonly name: string;
  /** Chooses the role for all that follows. */
  readonly act: (role: string) => void;
  readonly end: () => Promise<void>;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export const useSession = (): Session => {
  const session = use(SessionContext);
  if (session === undefined) throw new Error('nobody is signed in');
  return session;
};
