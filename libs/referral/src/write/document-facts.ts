/** What an order, a note or a message needs to know of the documents that it names. */
import type { Person } from '@fascia/directory';
import { filedDocument } from '@fascia/document';
import type { FactTools } from '@fascia/write-door';
import type { ReferralCommand } from '../contract/commands.js';
import type { OrderContent } from '../contract/order.js';
import type { DocumentFact } from '../domain/facts.js';

/** That of a note or a message, or those of answers, where there are any; else those of the order. */
export const documentsNamed = (command: ReferralCommand, content: OrderContent): readonly string[] => {
  if (command.type === 'PostMessage' || command.type === 'SendInterimNote')
    return command.documentId === undefined ? [] : [command.documentId];
  if (command.type === 'SupplyInformation')
    return command.answers.flatMap(({ documentId }) => (documentId === undefined ? [] : [documentId]));
  return (content.attachments ?? []).map(({ documentId }) => documentId);
};

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
