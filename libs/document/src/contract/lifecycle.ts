/** A document's lifecycle as data: announced until all of it is here, then filed; withdrawn when it was a mistake. */
import { lifecycle, type Role, type Transition } from '@fascia/kernel/contract';
import type { DocumentCommand } from './commands.js';
import type { DocumentEvent } from './events.js';

export const DOCUMENT_STAGES = ['none', 'announced', 'filed', 'withdrawn'] as const;

export type DocumentStage = (typeof DOCUMENT_STAGES)[number];

const WHO: readonly Role[] = ['physician', 'delegate', 'therapist', 'coordinator'];

type Row = Transition<DocumentStage, DocumentCommand['type'], DocumentEvent['type']>;

// prettier-ignore
export const DOCUMENT_TRANSITIONS: readonly Row[] = [
  { row: '1', command: 'AnnounceDocument', events: ['DocumentAnnounced'], from: ['none'], to: 'announced', who: WHO },
  { row: '2', command: 'FileDocument', events: ['DocumentFiled'], from: ['announced'], to: 'filed', who: WHO },
  { row: '3', command: 'NameDocument', events: ['DocumentNamed'], from: ['announced', 'filed'], to: 'same', who: WHO },
  { row: '4', command: 'WithdrawDocument', events: ['DocumentWithdrawn'], from: ['announced', 'filed'], to: 'withdrawn', who: WHO },
];

export const documentLifecycle = lifecycle(DOCUMENT_STAGES, DOCUMENT_TRANSITIONS);
