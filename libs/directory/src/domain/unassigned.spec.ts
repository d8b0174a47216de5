/** What came while records were one: who may settle it how, and what waits then. */
import { uuidFrom } from '@fascia/kernel';
import { gist, given, past } from '@fascia/testkit';
import type { PatientCommand } from '../contract/commands.js';
import { PATIENT_CONTRACT, type PatientEvent } from '../contract/events.js';
import type { Assignment, FactCategory, UnassignedFact } from '../contract/facts.js';
import { patientDecider, type PatientFacts } from './patient.js';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [SURVIVOR, FLAG, REFERRAL] = [uuid(2), uuid(3), uuid(4)];
const reason = 'Asked the physician.';

const registered = past<PatientEvent>({
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
const merged = past<PatientEvent>({ type: 'PatientMerged', data: { survivorId: SURVIVOR, reason } });
const undone = past<PatientEvent>({ type: 'PatientMergeReversed', data: { survivorId: SURVIVOR, reason } });

const flag: UnassignedFact = { category: 'flag', id: FLAG, patientId: SURVIVOR };
const referral: UnassignedFact = { category: 'referral', id: REFERRAL, patientId: SURVIVOR };
const left = past<PatientEvent>({ type: 'PatientFactsUnassigned', data: { facts: [flag, referral] } });
const assigned = (fact: UnassignedFact, assignment: Assignment) =>
  past<PatientEvent>({ type: 'PatientFactAssigned', data: { ...fact, assignment, reason } });
const arrived = past<PatientEvent>({ type: 'PatientFactMoved', data: { category: 'flag', id: FLAG } });

const assign = (category: FactCategory, factId: string, assignment: Assignment): PatientCommand => ({
  type: 'AssignFact',
  category,
  factId,
  assignment,
  reason,
});

const answer = (
  command: PatientCommand,
  events: readonly ReturnType<typeof past<PatientEvent>>[],
  facts: Partial<PatientFacts> = {},
) =>
  given(patientDecider, PATIENT_CONTRACT, registered, ...events).when(command, {
    id: uuid(9),
    facts: { today: '2026-04-01', ...facts },
  });

describe('a merge that is undone', () => {
  const undo: PatientCommand = { type: 'UndoMerge', reason };

  it('leaves to people what was recorded meanwhile', () => {
    const decision = answer(undo, [merged], { recordedSince: [flag] });
    expect(gist(decision)).toEqual(['PatientMergeReversed', 'PatientFactsUnassigned']);
  });

  it('leaves nothing where nothing was', () => {
    expect(gist(answer(undo, [merged], { recordedSince: [] }))).toEqual(['PatientMergeReversed']);
  });
});

describe('what was left', () => {
  it.each<[string, PatientCommand, readonly string[] | string]>([
    ['stays where it is', assign('flag', FLAG, 'stays'), ['PatientFactAssigned']],
    ['moves, where one stream is the whole of it', assign('flag', FLAG, 'moves'), ['PatientFactAssigned']],
    ['is not moved with all that hangs on it', assign('referral', REFERRAL, 'moves'), 'FACT_NOT_MOVABLE'],
    ['is seen to by hand then', assign('referral', REFERRAL, 'seen-to'), ['PatientFactAssigned']],
    ['is named by what it is, too', assign('diagnosis', FLAG, 'stays'), 'FACT_NOT_UNASSIGNED'],
    ['is not settled under another name', assign('flag', uuid(7), 'stays'), 'FACT_NOT_UNASSIGNED'],
  ])('%s', (_what, command, expected) => {
    expect(gist(answer(command, [merged, undone, left]))).toEqual(expected);
  });

  it.each<[string, PatientCommand, Parameters<typeof answer>[1], readonly string[] | string]>([
    ['is settled once', assign('flag', FLAG, 'stays'), [assigned(flag, 'stays')], 'FACT_NOT_UNASSIGNED'],
    [
      'is finished once it is on its way',
      assign('flag', FLAG, 'stays'),
      [assigned(flag, 'moves')],
      'FACT_MOVING',
    ],
    [
      'is asked for again where it does not arrive',
      assign('flag', FLAG, 'moves'),
      [assigned(flag, 'moves')],
      ['PatientFactAssigned'],
    ],
    [
      'is settled when it has arrived',
      assign('flag', FLAG, 'moves'),
      [assigned(flag, 'moves'), arrived],
      'FACT_NOT_UNASSIGNED',
    ],
    ['waits while records are one again', assign('flag', FLAG, 'stays'), [merged], 'PATIENT_MERGED'],
    ['waits until they part again', assign('flag', FLAG, 'stays'), [merged, undone], ['PatientFactAssigned']],
  ])('%s', (_what, command, more, expected) => {
    expect(gist(answer(command, [merged, undone, left, ...more]))).toEqual(expected);
  });

  it('goes on under an id that follows from what it was, and whose it is', () => {
    const decision = answer(assign('flag', FLAG, 'moves'), [merged, undone, left]);
    expect(decision).toMatchObject({
      events: [{ data: { ...flag, assignment: 'moves', toId: uuidFrom('moved', 'flag', FLAG, uuid(9)) } }],
    });
  });

  it('is noted once, when it has arrived', () => {
    const note: PatientCommand = { type: 'NoteFactMoved', category: 'flag', factId: FLAG };
    const on = [merged, undone, left, assigned(flag, 'moves')];
    expect(gist(answer(note, on))).toEqual(['PatientFactMoved']);
    expect(gist(answer(note, [...on, merged]))).toEqual(['PatientFactMoved']);
    expect(gist(answer(note, [...on, arrived]))).toEqual([]);
  });
});
