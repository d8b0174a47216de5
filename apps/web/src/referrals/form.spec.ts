import type { Answer } from '../api/questions.js';
import { bodyOf, missingIn, NOTHING_TYPED, openQuestions } from './form.js';

type Entry = Answer<'getReferral'>['thread'][number];

const entry = (kind: Entry['kind'], details: Entry['details']): Entry => ({
  id: kind,
  at: '2026-04-01T09:00:00.000Z',
  by: 'somebody',
  byName: null,
  role: 'coordinator',
  kind,
  text: null,
  details,
});

const ASKED = [
  { questionId: 'q1', text: 'Since when?', mandatory: true },
  { questionId: 'q2', text: 'Which side?', mandatory: false },
];
const questions = entry('questions', { questions: ASKED });
const answers = entry('answers', { answers: [{ questionId: 'q1', text: 'May' }] });
const within = (...thread: readonly Entry[]) => openQuestions({ thread: [...thread] });

describe('the questions that wait for an answer', () => {
  it('are those of the last time that any were asked', () => {
    expect(within(questions, entry('message', null))).toEqual(ASKED);
    expect(within(questions, answers, questions)).toEqual(ASKED);
  });

  it('are none once they were answered, or where none were asked', () => {
    expect(within(questions, answers)).toEqual([]);
    expect(within()).toEqual([]);
  });
});

describe('what is still to be filled in', () => {
  it('is nothing where nothing is asked, and a note is nobody’s duty', () => {
    expect(missingIn('ClaimReferral', NOTHING_TYPED, [])).toEqual([]);
    expect(missingIn('AcceptReferral', NOTHING_TYPED, [])).toEqual([]);
  });

  it('is a reason of nothing but blanks', () => {
    expect(missingIn('WithdrawReferral', { ...NOTHING_TYPED, fields: { reason: ' \n' } }, [])).toEqual([
      'reason',
    ]);
    expect(
      missingIn('WithdrawReferral', { ...NOTHING_TYPED, fields: { reason: 'Moved away.' } }, []),
    ).toEqual([]);
  });

  it('is every question that must be answered', () => {
    expect(missingIn('SupplyInformation', NOTHING_TYPED, ASKED)).toEqual(['q1']);
    expect(missingIn('SupplyInformation', { ...NOTHING_TYPED, answers: { q1: 'In May' } }, ASKED)).toEqual(
      [],
    );
  });

  it('is at least one question to ask', () => {
    expect(missingIn('RequestInformation', NOTHING_TYPED, [])).toEqual(['questions']);
  });
});

describe('what is sent', () => {
  it('says nothing of what was left empty', () => {
    expect(bodyOf('AcceptReferral', NOTHING_TYPED)).toEqual({});
    expect(bodyOf('SupplyInformation', { ...NOTHING_TYPED, answers: { q1: ' May ', q2: '' } })).toEqual({
      answers: [{ questionId: 'q1', text: 'May' }],
    });
  });

  it('numbers the questions that were typed', () => {
    expect(bodyOf('RequestInformation', { ...NOTHING_TYPED, questions: ['', 'Since when?'] })).toEqual({
      questions: [{ questionId: 'q1', text: 'Since when?', mandatory: true }],
    });
  });

  it('has the parts that the contract names', () => {
    expect(
      bodyOf('DeclineReferral', {
        ...NOTHING_TYPED,
        fields: { declineReason: 'capacity', note: 'Until May.' },
      }),
    ).toEqual({
      reason: 'capacity',
      note: 'Until May.',
    });
    expect(
      bodyOf('HoldReferral', { ...NOTHING_TYPED, fields: { reason: 'Surgery.', reviewBy: '2026-05-01' } }),
    ).toEqual({
      reason: 'Surgery.',
      reviewBy: '2026-05-01',
    });
  });
});
