/** What those who refer to a document need to know of it. */
import { documentDecider, type DocumentState } from './document.js';

export interface FiledDocument {
  readonly patientId: string;
  /** Of its bytes, hex. */
  readonly sha256: string;
}

/** @returns nothing for what is not there, not wholly there, or withdrawn */
const of = (state: DocumentState): FiledDocument | undefined =>
  state?.stage === 'filed' ? { patientId: state.patientId, sha256: state.sha256 } : undefined;

/** Of a document's stored events. */
export const filedDocument = { folds: documentDecider, of } as const;
