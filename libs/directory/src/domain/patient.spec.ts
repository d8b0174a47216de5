/** One person, several records: merging, undoing it, and a death. */
import type { Actor } from '@fascia/kernel';
import { gist, given, past, SOMEBODY } from '@fascia/testkit';
import type { PatientCommand } from '../contract/commands.js';
import { PATIENT_CONTRACT, type PatientEvent } from '../contract/events.js';
import { patientDecider, type PatientFacts, type SurvivorFact } from './patient.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [SURVIVOR, OTHER, LAST, REFERRAL] = [uuid(2), uuid(3), uuid(4), uuid(5)];
const GREATER = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
const ANOTHER: Actor = { ...SOMEBODY, sub: 'another' };

const happened = (event: PatientEvent, by: Actor = SOMEBODY) => past<PatientEvent>(event, by);
const registered = happened({
  type: 'PatientRegistered',
  data: {
    name: { family: 'Okonjo', given: ['Ada'], prefix: [] },
    birthDate: '1980-05',
    sexAtBirth: 'female',
    telecom: [],
    address: [],
    interpreter: false,
    identifiers: [],
    homeOrganizationId: uuid(1),
  },
});
const reason = 'Same person.';
const proposed = (by?: Actor, survivorId = SURVIVOR) =>
  happened({ type: 'PatientMergeProposed', data: { survivorId, reason } }, by);
const merged = happened({ type: 'PatientMerged', data: { survivorId: SURVIVOR, reason } });
const undone = happened({ type: 'PatientMergeReversed', data: { survivorId: SURVIVOR, reason } });
const died = happened({
  type: 'PatientDeathRecorded',
  data: { on: '2026-03', source: 'certificate', openReferralIds: [], organizationIds: [] },
});
const retracted = happened({ type: 'PatientDeathRetracted', data: { reason, organizationIds: [] } });

const fit: SurvivorFact = { known: true, under: false, deceased: false, bothUnderCare: false };
const merge: PatientCommand = { type: 'MergePatients', survivorId: SURVIVOR, reason };
const undo: PatientCommand = { type: 'UndoMerge', reason };
const recordDeath: PatientCommand = { type: 'RecordDeath', on: '2026-03', source: 'certificate' };
const retract: PatientCommand = { type: 'RetractDeath', reason };

type Row = readonly [
  what: string,
  command: PatientCommand,
  events: readonly ReturnType<typeof happened>[],
  facts: Partial<PatientFacts>,
  expected: readonly string[] | string,
];

const answer = (command: PatientCommand, events: Row[2], facts: Partial<PatientFacts>) =>
  given(patientDecider, PATIENT_CONTRACT, registered, ...events).when(command, {
    facts: { today: '2026-04-01', ...facts },
  });

const table = (rows: readonly Row[]): void => {
  it.each(rows)('%s', (_what, command, events, facts, expected) => {
    expect(gist(answer(command, events, facts))).toEqual(expected);
  });
};

const withSurvivor = (survivor: Partial<SurvivorFact>): Partial<PatientFacts> => ({
  survivor: { ...fit, ...survivor },
});

describe('a record', () => {
  table([
    ['is merged into one of the same person', merge, [], withSurvivor({}), ['PatientMerged']],
    ['is merged again after it was undone', merge, [merged, undone], withSurvivor({}), ['PatientMerged']],
    ['is merged once', merge, [merged], withSurvivor({}), 'PATIENT_MERGED'],
    [
      'is not merged into one that whoever asks is nothing to',
      merge,
      [],
      withSurvivor({ known: false }),
      'MERGE_SURVIVOR_INVALID',
    ],
    ['is not merged into nobody', merge, [], {}, 'MERGE_SURVIVOR_INVALID'],
    [
      'is not merged into one that was merged itself',
      merge,
      [],
      withSurvivor({ survivorId: LAST }),
      'MERGE_SURVIVOR_INVALID',
    ],
    [
      'is not merged into one that was, or is being, merged into it',
      merge,
      [],
      withSurvivor({ under: true }),
      'MERGE_SURVIVOR_INVALID',
    ],
    [
      'is not merged with one that says otherwise of a death',
      merge,
      [],
      withSurvivor({ deceased: true }),
      'MERGE_DEATH_DIFFERS',
    ],
    ['nor the other way round', merge, [died], withSurvivor({}), 'MERGE_DEATH_DIFFERS'],
    [
      'is merged when both say that the person died',
      merge,
      [died],
      withSurvivor({ deceased: true }),
      ['PatientMerged'],
    ],
    ['takes nothing after it was merged', recordDeath, [merged], {}, 'PATIENT_MERGED'],
    ['is its own again', undo, [merged], {}, ['PatientMergeReversed']],
    ['is its own again once', undo, [merged, undone], {}, 'PATIENT_NOT_MERGED'],
    ['was never merged', undo, [], {}, 'PATIENT_NOT_MERGED'],
  ]);

  it('is not merged into itself', () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const itself = given(patientDecider, PATIENT_CONTRACT, registered).when(
      { type: 'MergePatients', survivorId: id, reason },
      { id, facts: { today: '2026-04-01', ...withSurvivor({}) } },
    );
    expect(gist(itself)).toBe('MERGE_SURVIVOR_INVALID');
  });

  it('that was merged names the record at the end of the chain', () => {
    const refused = answer(recordDeath, [merged], { survivorId: LAST });
    expect(refused).toMatchObject({ refusal: { code: 'PATIENT_MERGED', about: { survivorId: LAST } } });
  });
});

describe('two records under care', () => {
  const both = withSurvivor({ bothUnderCare: true });
  table([
    ['are merged by two people: the first proposes', merge, [], both, ['PatientMergeProposed']],
    ['the second confirms', merge, [proposed(ANOTHER)], both, ['PatientMerged']],
    ['are not merged by one who asks twice', merge, [proposed()], both, 'MERGE_NEEDS_ANOTHER'],
    [
      'are not merged by a second who means another record',
      merge,
      [proposed(ANOTHER, OTHER)],
      both,
      ['PatientMergeProposed'],
    ],
    [
      'need one person once care on one of them is over',
      merge,
      [proposed()],
      withSurvivor({}),
      ['PatientMerged'],
    ],
    ['are not merged when the proposal is taken back', undo, [proposed()], {}, ['PatientMergeReversed']],
    ['are proposed anew after that', merge, [proposed(ANOTHER), undone], both, ['PatientMergeProposed']],
    ['go on taking commands while it is proposed', recordDeath, [proposed()], {}, ['PatientDeathRecorded']],
  ]);
});

const dismiss: PatientCommand = { type: 'DismissMatch', otherId: GREATER, reason: 'Twins.' };
const dismissed = happened({ type: 'PatientMatchDismissed', data: { otherId: GREATER, reason: 'Twins.' } });

describe('a proposed match', () => {
  table([
    ['is dismissed', dismiss, [], { otherKnown: true }, ['PatientMatchDismissed']],
    ['is dismissed once', dismiss, [dismissed], { otherKnown: true }, []],
    ['is of a record that whoever asks may know of', dismiss, [], { otherKnown: false }, 'MATCH_INVALID'],
    [
      'is dismissed on the smaller id',
      { ...dismiss, otherId: '00000000-0000-4000-8000-000000000000' },
      [],
      { otherKnown: true },
      'MATCH_INVALID',
    ],
    [
      'is not settled on a record that was merged away',
      dismiss,
      [merged],
      { otherKnown: true },
      'PATIENT_MERGED',
    ],
  ]);

  it('that was dismissed may be merged after all', () => {
    expect(gist(answer(merge, [dismissed], { survivor: fit }))).toEqual(['PatientMerged']);
  });
});

describe('a death', () => {
  table([
    ['is recorded', recordDeath, [], {}, ['PatientDeathRecorded']],
    [
      'may be on a day that nobody knows',
      { ...recordDeath, on: undefined },
      [],
      {},
      ['PatientDeathRecorded'],
    ],
    ['is recorded once', recordDeath, [died], {}, []],
    ['is corrected', { ...recordDeath, on: '2026-03-09' }, [died], {}, ['PatientDeathRecorded']],
    ['is not in the future', { ...recordDeath, on: '2026-04-02' }, [], {}, 'DEATH_DATE_INVALID'],
    ['may be this year', { ...recordDeath, on: '2026' }, [], {}, ['PatientDeathRecorded']],
    ['is not before the birth', { ...recordDeath, on: '1980-04-30' }, [], {}, 'DEATH_DATE_INVALID'],
    [
      'may be in the month of the birth',
      { ...recordDeath, on: '1980-05-02' },
      [],
      {},
      ['PatientDeathRecorded'],
    ],
    ['is retracted', retract, [died], {}, ['PatientDeathRetracted']],
    ['is retracted once', retract, [died, retracted], {}, 'PATIENT_NOT_DECEASED'],
  ]);

  it('names what it ends, and who is told', () => {
    const concerned = { openReferralIds: [REFERRAL], organizationIds: [uuid(1)] };
    expect(answer(recordDeath, [], concerned)).toMatchObject({ events: [{ data: concerned }] });
  });
});
