/** How everything stands, asked again for as long as somebody looks at it; and another try of what was held back. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useService } from '../api/use-service.js';
import type { Model, Status } from './answers.js';
import { ADMIN, useAsked } from './use-asked.js';
import type { Waiting } from './waiting.js';

export const useModels = () => useAsked<{ readonly items: readonly Model[] }>('models');

export const useStatus = () => useAsked<Status>('status');

/** What became of it: of a read model at once, of processes as they come to it. */
export type Tried =
  | { readonly model: string; readonly stillParked: number }
  | { readonly model?: undefined; readonly asked: number };

/** As the service answers. */
interface Retried {
  readonly stillParked: readonly string[];
}

export const useRetry = () => {
  const service = useService();
  const queries = useQueryClient();
  return useMutation<Tried, Error, Waiting>({
    mutationFn: async ({ holder }) => {
      const key = crypto.randomUUID();
      if (holder === 'followers') return service.write<{ asked: number }>(`${ADMIN}/parked/retry`, {}, key);
      const { model } = holder;
      const at = `${ADMIN}/models/${encodeURIComponent(model)}/retry`;
      const { stillParked } = await service.write<Retried>(at, {}, key);
      return { model, stillParked: stillParked.length };
    },
    onSettled: () => queries.invalidateQueries(),
  });
};
