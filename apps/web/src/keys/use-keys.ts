/** The master keys, asked again for as long as somebody looks at them; and turning the current one over. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useService } from '../api/use-service.js';
import { ADMIN, useAsked } from '../operations/use-asked.js';
import type { KeyStatus, TurnedOver } from './answers.js';

export const useKeys = () => useAsked<KeyStatus>('keys');

export const useTurnOver = () => {
  const service = useService();
  const queries = useQueryClient();
  return useMutation<TurnedOver, Error>({
    mutationFn: () => service.write<TurnedOver>(`${ADMIN}/keys/rotate`, {}, crypto.randomUUID()),
    // What was not answered may be done all the same: asked for once more by itself, it would make one more key.
    retry: false,
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: [ADMIN] });
    },
  });
};
