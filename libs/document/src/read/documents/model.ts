/** Documents by patient; their bytes are elsewhere. */
import { idOf } from '@fascia/kernel';
import { readModel } from '@fascia/read-store';
import type { DocumentEvent, DocumentKind, MediaType } from '../../contract/events.js';
import type { DocumentStage } from '../../contract/lifecycle.js';

export interface DocumentRow {
  readonly id: string;
  readonly patient_id: string;
  readonly status: Exclude<DocumentStage, 'none'>;
  readonly kind: DocumentKind;
  readonly media_type: MediaType;
  readonly bytes: number;
  readonly sha256: string;
  readonly title: string | null;
  /** Why it was withdrawn. */
  readonly reason: string | null;
  readonly announced_at: string;
  readonly organization_id: string | null;
  readonly version: number;
}

export const documentModel = readModel<DocumentRow, DocumentEvent>({
  name: 'document',
  version: 1,
  columns: {
    id: 'text',
    patient_id: 'text',
    status: 'text',
    kind: 'text',
    media_type: 'text',
    bytes: 'integer',
    sha256: 'text',
    title: 'text',
    reason: 'text',
    announced_at: 'text',
    organization_id: 'text',
    version: 'integer',
  },
  indexes: ['(patient_id, announced_at)'],
  takes: ['DocumentAnnounced', 'DocumentFiled', 'DocumentNamed', 'DocumentWithdrawn'],
  rowsOf: (event) => [idOf(event.stream)],
  fold: (before, event, id) => {
    const { version, occurredAt, actor } = event;
    if (event.type === 'DocumentAnnounced') {
      const { patientId, kind, mediaType, bytes, sha256 } = event.data;
      return {
        id,
        patient_id: patientId,
        status: 'announced',
        kind,
        media_type: mediaType,
        bytes,
        sha256,
        title: null,
        reason: null,
        announced_at: occurredAt,
        organization_id: actor.organizationId ?? null,
        version,
      };
    }
    if (before === undefined) return before;
    switch (event.type) {
      case 'DocumentFiled':
        return { ...before, status: 'filed', version };
      case 'DocumentNamed':
        return { ...before, title: event.data.title, version };
      case 'DocumentWithdrawn':
        return { ...before, status: 'withdrawn', reason: event.data.reason, version };
    }
  },
});
