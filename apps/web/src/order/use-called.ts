/** What an order names by id, as it is said: diagnoses, and documents where any differ. */
import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-service.js';
import { calledIn } from '../documents/DocumentLine.js';
import { useDiagnosed } from './use-diagnosed.js';

const MOST = 200;

/** @returns nothing of one that is not known, or not to be seen by who looks */
export const useCalled = (patientId: string, withDocuments: boolean): ReadonlyMap<string, string> => {
  const { t } = useTranslation();
  const diagnosed = useDiagnosed(patientId);
  const { data } = useList('listDocuments', { patientId, limit: MOST }, withDocuments);
  const papers = data?.pages[0]?.items ?? [];
  return new Map([...diagnosed, ...papers.map((paper) => [paper.id, calledIn(t, paper)] as const)]);
};
