/** Diagnoses of a patient as they are said: code and words. */
import type { Answer } from '../api/questions.js';
import { useList } from '../api/use-service.js';

const MOST = 200;

/** @returns what one is called, by its id; nothing of one that is not known, or not to be seen by who looks */
export const useDiagnosed = (patientId: string): ReadonlyMap<string, string> => {
  const { data } = useList('listDiagnoses', { patientId, limit: MOST });
  return new Map(
    data?.pages[0]?.items.map(({ id, code, text }) => [id, [code, text].filter(Boolean).join(' ')]),
  );
};

type Ordered = Pick<Answer<'getReferral'>, 'patient' | 'content' | 'diagnosisCodes'>;

/** Those of an order: in words for whoever may see them all, codes alone for whoever is only asked to take it. */
export const useDiagnosesOf = ({ patient, content, diagnosisCodes }: Ordered): readonly string[] => {
  const diagnosed = useDiagnosed(patient.id);
  const named = (content.diagnosisIds ?? []).flatMap((id) => diagnosed.get(id) ?? []);
  return named.length === content.diagnosisIds?.length ? named : diagnosisCodes;
};
