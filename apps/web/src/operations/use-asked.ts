/** What operators ask, again and again for as long as they look at it. */
import { useQuery } from '@tanstack/react-query';
import { useService } from '../api/use-service.js';

const EVERY_MS = 5_000;
/** Under the address of operators, which no list has. */
export const ADMIN = 'admin';

export const useAsked = <T>(what: string) => {
  const service = useService();
  return useQuery<T>({
    queryKey: [ADMIN, what],
    queryFn: async ({ signal }) => (await service.read<T>(`${ADMIN}/${what}`, signal)).body,
    refetchInterval: EVERY_MS,
  });
};
