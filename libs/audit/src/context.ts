/** Who saw what, as one value: records that are written beside the care, and asked for by auditors. */
import { ACCESS_CONTRACT } from './contract/events.js';
import { listAccess } from './read/access/question.js';
import { listCases } from './read/cases/question.js';

export const AUDIT_QUESTIONS = [listAccess, listCases] as const;

export const auditContext = () => ({
  name: 'audit',
  contracts: [ACCESS_CONTRACT],
  questions: AUDIT_QUESTIONS,
});
