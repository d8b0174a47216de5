/** Where what was assigned goes, and that its list is told. */
import { idOf, uuidFrom } from '@fascia/kernel';
import { moveAssignedFacts } from './move-assigned-facts.process.js';
import { happening, PATIENT, subjectId } from './samples.spec-data.js';
import { Story } from './story.spec-data.js';

const toId = uuidFrom('spec', 'moved');

describe('a fact that was assigned', () => {
  it.each([
    ['flag', 'TakeOverFlag', 'MoveFlag'],
    ['diagnosis', 'TakeOverDiagnosis', 'MoveDiagnosis'],
    ['consent', 'TakeOverConsent', 'MoveConsent'],
  ] as const)('and moves (%s) is taken over, and only then ends where it was', (category, takes, moves) => {
    const event = happening('PatientFactAssigned', { category, id: toId }, PATIENT);
    const there = {
      category,
      id: event.data.toId,
      command: { type: takes, patientId: PATIENT, fromId: toId },
    };
    const here = {
      category,
      id: toId,
      command: { type: moves, toPatientId: PATIENT, toId: event.data.toId },
    };
    expect(new Story(moveAssignedFacts).take(event)).toEqual([there, here]);
  });

  it('and stays asks for nothing', () => {
    const stays = { assignment: 'stays', toId: undefined } as const;
    expect(new Story(moveAssignedFacts).on('PatientFactAssigned', stays)).toEqual([]);
  });
});

describe('a fact that has arrived', () => {
  it.each([
    ['flag', 'RedFlagMoved'],
    ['diagnosis', 'DiagnosisMoved'],
    ['consent', 'ConsentMoved'],
  ] as const)('is noted on the record that it came to (%s)', (category, type) => {
    const event = happening(type, {}, subjectId(category));
    expect(new Story(moveAssignedFacts).take(event)).toEqual([
      {
        category: 'patient',
        id: PATIENT,
        command: { type: 'NoteFactMoved', category, factId: idOf(event.stream) },
      },
    ]);
  });
});
