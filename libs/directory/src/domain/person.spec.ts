/** What is begun for a record that is not there, or was merged away, whatever the thing. */
import type { Decider, DomainEvent } from '@fascia/kernel';
import { gist } from '@fascia/testkit';
import { forStandingRecords, type RecordFact } from './person.js';

const SURVIVOR = '00000000-0000-4000-8000-000000000002';

const notes: Decider<boolean, { readonly type: 'Write' | 'Strike' }, DomainEvent, unknown> = {
  category: 'consent',
  initial: false,
  evolve: () => true,
  decide: ({ type }) => ({ ok: true, events: [{ type, data: {} }] }),
  stage: String,
};
const { decide } = forStandingRecords(
  notes,
  ({ type }) => type === 'Write',
  ({ type }) => type === 'Write',
);

const asked = (type: 'Write' | 'Strike', record: Partial<RecordFact>) =>
  decide({ type }, false, {
    at: '2026-04-01T09:00:00.000Z',
    by: { sub: 'somebody', role: 'physician' },
    id: SURVIVOR,
    facts: { record: { exists: true, deceased: false, ...record } },
  });

describe('a thing about a patient', () => {
  it.each<[string, 'Write' | 'Strike', Partial<RecordFact>, readonly string[] | string]>([
    ['is begun on a record that stands', 'Write', {}, ['Write']],
    [
      'is begun after a death: what was before it may be written down',
      'Write',
      { deceased: true },
      ['Write'],
    ],
    ['is not begun for nobody', 'Write', { exists: false }, 'PATIENT_UNKNOWN'],
    ['is not begun on one that was merged away', 'Write', { survivorId: SURVIVOR }, 'PATIENT_MERGED'],
    [
      'is not begun on one that its source has replaced',
      'Write',
      { replacedById: SURVIVOR },
      'PATIENT_REPLACED',
    ],
    ['that need not wait goes on there', 'Strike', { replacedById: SURVIVOR }, ['Strike']],
    ['that was begun before goes on', 'Strike', { survivorId: SURVIVOR }, ['Strike']],
  ])('%s', (_what, type, record, expected) => {
    expect(gist(asked(type, record))).toEqual(expected);
  });

  it('names the record to use instead', () => {
    expect(asked('Write', { replacedById: SURVIVOR })).toMatchObject({
      refusal: { about: { replacedById: SURVIVOR } },
    });
    expect(asked('Write', { survivorId: SURVIVOR })).toMatchObject({
      refusal: { about: { survivorId: SURVIVOR } },
    });
  });
});
