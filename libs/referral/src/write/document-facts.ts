/** What an order, a note or a message needs to know of the documents that it names. */
import type { Person } from '@fascia/directory';
import { filedDocument } from '@fascia/document';
import type { FactTools } from '@fascia/write-door';
import type { DocumentFact } from '../domain/facts.js';

/** Of those that are named, those that are filed and of this person, on whichever record. */
export const documentFacts = async (
  named: readonly string[],
  { ids }: Pick<Person, 'ids'>,
  tools: Pick<FactTools, 'view'>,
): Promise<readonly DocumentFact[]> => {
  const found = await Promise.all(
    [...new Set(named)].map(async (documentId) => ({
      documentId,
      filed: await tools.view(filedDocument, documentId),
    })),
  );
  return found.flatMap(({ documentId, filed }) =>
    filed !== undefined && ids.includes(filed.patientId) ? [{ documentId, sha256: filed.sha256 }] : [],
  );
};
