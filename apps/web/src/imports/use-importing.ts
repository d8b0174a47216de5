import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Service } from '../api/service.js';
import { keyOf, useService } from '../api/use-service.js';
import { Importing } from './importing.js';

/** Of whoever is signed in: it goes on while they look at other pages. */
const known = new WeakMap<Service, Importing>();

const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

const importingOf = (service: Service, queries: QueryClient): Importing => {
  const importing =
    known.get(service) ??
    new Importing(service, {
      taken: () => void queries.invalidateQueries({ queryKey: keyOf('listImports').slice(0, 1) }),
      busy: (is) => (is ? addEventListener('beforeunload', warn) : removeEventListener('beforeunload', warn)),
    });
  known.set(service, importing);
  return importing;
};

export const useImporting = () => {
  const importing = importingOf(useService(), useQueryClient());
  const lines = useSyncExternalStore(importing.subscribe, importing.lines);
  return { importing, lines };
};
