/** A case with its whole history: of what has happened nothing changes, so that every moment of it is shown from one answer. */
import type { CaseHistory } from '@fascia/audit';
import { useQuery } from '@tanstack/react-query';
import { useService } from '../api/use-service.js';

export const useCase = (id: string) => {
  const service = useService();
  return useQuery({
    queryKey: ['audit', 'case', id],
    queryFn: async ({ signal }) => (await service.read<CaseHistory>(`audit/cases/${id}`, signal)).body,
  });
};
