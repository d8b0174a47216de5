import { gist, given, past } from '@fascia/testkit';
import type { DocumentCommand } from '../contract/commands.js';
import { DOCUMENT_CONTRACT, type DocumentEvent } from '../contract/events.js';
import { documentDecider } from './document.js';

const announced = {
  patientId: '00000000-0000-4000-8000-000000000001',
  kind: 'imaging-report',
  mediaType: 'application/pdf',
  bytes: 1200,
  sha256: 'a'.repeat(64),
} as const;

const announce: DocumentCommand = { type: 'AnnounceDocument', ...announced };
const file: DocumentCommand = { type: 'FileDocument' };
const name: DocumentCommand = { type: 'NameDocument', title: 'Ultrasound' };
const withdraw: DocumentCommand = { type: 'WithdrawDocument', reason: 'Of somebody else.' };

const isAnnounced = past<DocumentEvent>({ type: 'DocumentAnnounced', data: announced });
const isFiled = past<DocumentEvent>({ type: 'DocumentFiled', data: {} });
const isNamed = past<DocumentEvent>({ type: 'DocumentNamed', data: { title: 'Ultrasound' } });
const isWithdrawn = past<DocumentEvent>({ type: 'DocumentWithdrawn', data: { reason: 'Wrong.' } });

describe('a document', () => {
  it.each<[string, DocumentCommand, readonly (typeof isAnnounced)[], readonly string[] | string]>([
    ['is announced before a byte of it is kept', announce, [], ['DocumentAnnounced']],
    ['is announced once', announce, [isAnnounced], 'DOCUMENT_EXISTS'],
    ['is filed when all of it is here', file, [isAnnounced], ['DocumentFiled']],
    ['is filed once', file, [isAnnounced, isFiled], []],
    ['that nobody announced is not filed', file, [], 'DOCUMENT_UNKNOWN'],
    ['is named', name, [isAnnounced, isFiled], ['DocumentNamed']],
    ['is named so once', name, [isAnnounced, isFiled, isNamed], []],
    ['is withdrawn', withdraw, [isAnnounced, isFiled], ['DocumentWithdrawn']],
    ['whose upload did not end is withdrawn as well', withdraw, [isAnnounced], ['DocumentWithdrawn']],
    ['that was withdrawn is not filed', file, [isAnnounced, isWithdrawn], 'DOCUMENT_WITHDRAWN'],
    ['that was withdrawn is not named', name, [isAnnounced, isFiled, isWithdrawn], 'DOCUMENT_WITHDRAWN'],
    ['that was withdrawn stays so', withdraw, [isAnnounced, isFiled, isWithdrawn], 'DOCUMENT_WITHDRAWN'],
  ])('%s', (_what, command, before, expected) => {
    const story = given(documentDecider, DOCUMENT_CONTRACT, ...before);
    expect(gist(story.when(command, { facts: undefined }))).toEqual(expected);
  });
});
