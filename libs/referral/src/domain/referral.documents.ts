/** What an order, a note or a message says of documents: one that is filed, of this patient, and with those bytes (docs/domain/documents.md). */
import type { ReferralRefusal } from '../contract/refusals.js';
import type { ReferralFacts } from './facts.js';
import type { Draft } from './referral.state.js';

/** Whether it is another patient's, or nobody's, is told to nobody. */
const unknown = (pointer: string): ReferralRefusal => ({
  code: 'REFERRAL_DOCUMENT_UNKNOWN',
  detail: 'No such document of this patient is filed, or its bytes are others: file it first.',
  pointer,
});

export const documentIsFiled = (
  documentId: string | undefined,
  { documents }: Pick<ReferralFacts, 'documents'>,
  pointer = '/documentId',
): ReferralRefusal | undefined =>
  documentId === undefined || documents.some((one) => one.documentId === documentId)
    ? undefined
    : unknown(pointer);

export const documentsOfAnswersAreFiled = (
  answers: readonly { readonly documentId?: string | undefined }[],
  facts: Pick<ReferralFacts, 'documents'>,
): ReferralRefusal | undefined =>
  answers
    .map(({ documentId }, index) =>
      documentIsFiled(documentId, facts, `/answers/${String(index)}/documentId`),
    )
    .find((refusal) => refusal !== undefined);

export const attachmentsAreFiled = (
  { content: { attachments = [] } }: Pick<Draft, 'content'>,
  { documents }: Pick<ReferralFacts, 'documents'>,
): ReferralRefusal | undefined => {
  const index = attachments.findIndex(
    ({ documentId, sha256 }) =>
      !documents.some((one) => one.documentId === documentId && one.sha256 === sha256),
  );
  return index < 0 ? undefined : unknown(`/content/attachments/${String(index)}`);
};
