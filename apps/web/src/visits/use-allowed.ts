/** What may be done to a patient at a place now: asked for each place that is worked on, and anew after every change. */
import type { BodySite } from '@fascia/clinical';
import type { TechniquesAnswered } from '@fascia/session/contract';
import { useQuery } from '@tanstack/react-query';
import { useService } from '../api/use-service.js';
import type { Visit } from './rows.js';

export const useAllowed = (
  { patientId, referralId }: Pick<Visit, 'patientId' | 'referralId'>,
  { region, side }: BodySite,
) => {
  const service = useService();
  const query = new URLSearchParams({ region, referralId, ...(side === undefined ? {} : { side }) });
  const at = `patients/${patientId}/allowed-techniques?${query.toString()}`;
  return useQuery({
    // Whatever is known of precautions decides it.
    queryKey: ['precautions', at],
    queryFn: async ({ signal }) => (await service.read<TechniquesAnswered>(at, signal)).body,
  });
};
