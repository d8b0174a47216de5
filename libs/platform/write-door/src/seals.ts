/** Whose key the texts of an event are sealed under, and whether it is there: with the key goes what was made of them. */
import type { EventMetadata, StoredEvent, StreamName } from '@fascia/kernel';
import { keyIdOf, type SubjectKeys } from '@fascia/sealing';

/** `lost`: it cannot be opened, and may be again. */
export type Standing = 'there' | 'erased' | 'lost';

/** As canonical JSON has it; in a text of somebody's the quotes would be escaped. */
const SEAL = /"\$sealed":"([^"]+)"/;

export const subjectOf = (stream: StreamName, metadata: { readonly patientId?: string }): string =>
  metadata.patientId === undefined ? stream : `patient-${metadata.patientId}`;

/** @param metadataOf asked only where there is one */
export const sealOf = (
  stored: StoredEvent,
  metadataOf: (stored: StoredEvent) => Pick<EventMetadata, 'patientId'>,
): string | undefined => {
  const [, sealed] = SEAL.exec(Buffer.from(stored.data).toString('utf8')) ?? [];
  return sealed && `${subjectOf(stored.stream, metadataOf(stored))} ${keyIdOf(sealed) ?? ''}`;
};

export const standingIn = async (keys: SubjectKeys, seal: string): Promise<Standing> => {
  const [subject = '', keyId] = seal.split(' ');
  const key = await keys.find(subject, keyId);
  return key === undefined ? 'lost' : key === 'erased' ? 'erased' : 'there';
};
