/** Copies of the person who is signed in, in the role in which they act. */
import { useMemo } from 'react';
import { useMe } from '../session/me.js';
import { browserCopies, type Copies } from './browser-copy.js';

export const useCopies = (): Copies => {
  const { sub, actingAs } = useMe();
  const owner = `${sub} ${actingAs.name}`;
  return useMemo(() => browserCopies(owner), [owner]);
};
