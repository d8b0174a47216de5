/** Work that is told afterwards to have been too hard for thin bones; whose they are turns out to be another's. */
import type { Person } from './person.js';

/** @param at the visit's address */
export const despitePrecaution = async (
  therapist: Person,
  patientId: string,
  at: string,
  done: object,
): Promise<void> => {
  const { id } = (await therapist.does('/api/v1/precautions', {
    patientId,
    catalogueId: 'P03',
    details: [],
    source: 'patient',
  })) as { id: string };
  await therapist.does(`${at}/record-intervention`, {
    ...done,
    pressureGrade: 4,
    doneDespite: 'The patient said so afterwards.',
  });
  await therapist.does(`/api/v1/precautions/${id}/resolve`, {
    reason: 'Another patient was meant.',
    evidence: 'Bone density.',
  });
};
