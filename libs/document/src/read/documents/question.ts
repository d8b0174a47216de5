/** Documents of the patients one cares for, and those that one's own organisation filed, latest first. */
import {
  CARE_TEAM_RELATIONS,
  CARE_TEAM_SCOPE,
  ofPerson,
  partiesBy,
  type WithRelations,
} from '@fascia/directory';
import { offered } from '@fascia/kernel';
import { answer, integer, many, moment, oneOfCodes, orNull, uuid, words } from '@fascia/kernel/contract';
import { conditionsOn, listQuestion, oneQuestion, tables, type Asking, type Scope } from '@fascia/read-store';
import { DOCUMENT_COMMANDS } from '../../contract/commands.js';
import { DOCUMENT_KINDS, MEDIA_TYPES } from '../../contract/events.js';
import { DOCUMENT_STAGES, documentLifecycle } from '../../contract/lifecycle.js';
import { documentModel, type DocumentRow } from './model.js';

type Row = DocumentRow & WithRelations;

const t = conditionsOn<DocumentRow>();

const document = answer({
  id: uuid(),
  version: integer(),
  status: oneOfCodes(DOCUMENT_STAGES.filter((stage) => stage !== 'none')),
  patientId: uuid(),
  kind: oneOfCodes(DOCUMENT_KINDS),
  mediaType: oneOfCodes(MEDIA_TYPES),
  bytes: integer(),
  sha256: words('Of its bytes, hex.'),
  title: orNull(words()),
  reason: orNull(words('Why it was withdrawn.')),
  announcedAt: moment(),
  organizationId: orNull(uuid()),
  allowedActions: many(oneOfCodes(offered(DOCUMENT_COMMANDS))),
});

const show = (row: Row, { by, desk }: Asking) => ({
  id: row.id,
  version: row.version,
  status: row.status,
  patientId: row.patient_id,
  kind: row.kind,
  mediaType: row.media_type,
  bytes: row.bytes,
  sha256: row.sha256,
  title: row.title,
  reason: row.reason,
  announcedAt: row.announced_at,
  organizationId: row.organization_id,
  allowedActions: desk.allowedActions(
    by,
    'document',
    partiesBy(row, by.organizationId),
    offered(DOCUMENT_COMMANDS, documentLifecycle.moves(row.status)),
  ),
});

/** Of a patient one cares for, or filed by one's own while one did. */
const DOCUMENT_SCOPE: Scope = {
  ...CARE_TEAM_SCOPE,
  owner: (organization) => t('t.organization_id', '=', organization),
};

const described = {
  tag: 'Documents',
  resource: 'document',
  scope: DOCUMENT_SCOPE,
  answer: document,
  from: tables<{ 'read.document': DocumentRow }>()
    .selectFrom('read.document as t')
    .selectAll('t')
    .select(CARE_TEAM_RELATIONS),
  patientOf: (row: Row) => row.patient_id,
  show,
} as const;

export interface DocumentsAsked {
  readonly patientId?: string;
  readonly status?: DocumentRow['status'];
}

export const listDocuments = listQuestion({
  ...described,
  name: 'listDocuments',
  at: 'documents',
  summary: 'Documents of the patients you care for, and those that yours filed, latest first',
  models: [documentModel],
  values: (query: DocumentsAsked) => query,
  where: {
    patientId: ofPerson,
    status: (status) => t('t.status', '=', status),
  },
  order: ['announced_at', 'id'],
  direction: 'desc',
});

export const getDocument = oneQuestion({
  ...described,
  name: 'getDocument',
  at: 'documents/:id',
  summary: 'A document, without its bytes',
});
