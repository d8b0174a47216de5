/** A draft is signed as it is seen: whole, kept, and with nobody else's words in it that came in this very moment. */
import { useState } from 'react';
import type { Flushed } from './autosave.js';

interface Signed {
  readonly waiting: readonly { readonly part: string }[];
  readonly isWaiting: () => boolean;
  readonly flush: () => Promise<Flushed>;
}

export const useSigning = ({ waiting, isWaiting, flush }: Signed) => {
  /** The parts that stood in the way when somebody wanted to sign. */
  const [tried, setTried] = useState('');
  const [met, setMet] = useState(false);
  // Pressed twice while it is saved, it would be signed twice.
  const [isSaving, setSaving] = useState(false);
  const inTheWay = waiting.map(({ part }) => part).join();
  return {
    tried: inTheWay !== '' && tried === inTheWay,
    met,
    isSaving,
    /** @param go with the version that was seen */
    sign: async (go: (version: number) => void): Promise<void> => {
      setTried(inTheWay);
      setMet(false);
      if (isWaiting()) return;
      setSaving(true);
      const flushed = await flush().finally(() => setSaving(false));
      setMet(flushed.met);
      if (flushed.version !== undefined && !flushed.met && !isWaiting()) go(flushed.version);
    },
  };
};
