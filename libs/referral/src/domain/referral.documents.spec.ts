import { COMMANDS, CONTENT, SCENES, THERAPIST } from './referral.scenes.spec-data.js';
import { past } from '@fascia/testkit';
import type { ReferralCommand } from '../contract/commands.js';
import type { ReferralEvent } from '../contract/events.js';
import { answer } from './referral.situations.spec-data.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const SCAN = { documentId: uuid(71), sha256: 'a'.repeat(64) };
const OTHER = { documentId: uuid(72), sha256: 'a'.repeat(64) };

const sendWith = (attachments: readonly (typeof SCAN)[], documents = [SCAN]) =>
  answer({
    history: [
      ...SCENES.Draft,
      past<ReferralEvent>({
        type: 'ReferralDraftEdited',
        data: { content: { ...CONTENT, attachments: [...attachments] } },
      }),
    ],
    command: COMMANDS.SendReferral,
    facts: { documents },
  });

describe('an order', () => {
  it('is sent with documents that are filed, and without any', () => {
    expect(sendWith([SCAN])).toEqual(['ReferralSent']);
    expect(sendWith([])).toEqual(['ReferralSent']);
  });

  it.each([
    ['is not there, or is of somebody else', [SCAN, OTHER], [SCAN]],
    ['has other bytes', [{ ...SCAN, sha256: 'b'.repeat(64) }], [SCAN]],
    ['was withdrawn', [SCAN], []],
  ])('is not sent with one that %s', (_what, attachments, documents) => {
    expect(sendWith(attachments, documents)).toBe('REFERRAL_DOCUMENT_UNKNOWN');
  });
});

describe.each<[string, typeof SCENES.Accepted, ReferralCommand]>([
  ['a note on the way', SCENES.InTreatment, COMMANDS.SendInterimNote],
  ['a message', SCENES.Accepted, { type: 'PostMessage', documentId: SCAN.documentId }],
  [
    'an answer',
    SCENES.InfoRequested,
    {
      type: 'SupplyInformation',
      answers: [{ questionId: 'q1', text: 'As scanned.', documentId: SCAN.documentId }],
    },
  ],
])('%s', (_what, history, command) => {
  it('names a document of the patient, and no other', () => {
    const asked = { history, command, by: THERAPIST };
    expect(answer({ ...asked, facts: { documents: [SCAN] } })).toEqual(expect.any(Array));
    expect(answer({ ...asked, facts: { documents: [OTHER] } })).toBe('REFERRAL_DOCUMENT_UNKNOWN');
  });
});
