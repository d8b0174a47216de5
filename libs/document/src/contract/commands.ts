/** What may be asked of a document. The two that file one come with its bytes (`POST /api/v1/documents`). */
import {
  acts,
  code,
  internal,
  line,
  receives,
  ref,
  text,
  typesOf,
  whole,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { DOCUMENT_KINDS, MEDIA_TYPES } from './events.js';

const WHO = 'An upload';

export const DOCUMENT_COMMANDS = {
  AnnounceDocument: receives(WHO, {
    patientId: ref('patient'),
    kind: code(DOCUMENT_KINDS),
    mediaType: code(MEDIA_TYPES),
    bytes: whole(1, 2 ** 31 - 1),
    sha256: line(64, 'Hex.', /^[0-9a-f]{64}$/),
  }),
  FileDocument: internal(WHO),
  NameDocument: acts('name', 'Say in words what it is', { title: line(200) }),
  WithdrawDocument: acts('withdraw', 'Say that it was filed by mistake', { reason: text(4000) }),
};

export type DocumentCommand = CommandsOf<typeof DOCUMENT_COMMANDS>;
export type DocumentCommandOf<T extends DocumentCommand['type']> = CommandOf<typeof DOCUMENT_COMMANDS, T>;

export const COMMAND_TYPES = typesOf(DOCUMENT_COMMANDS);
