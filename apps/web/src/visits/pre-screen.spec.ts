import { ASKED, NOTHING_ANSWERED, outsideIn, preScreenOf, unanswered, type Typed } from './pre-screen.js';

const asked: Typed = {
  answers: Object.fromEntries(ASKED.map(({ id }) => [id, 'no'])),
  vitals: {},
  skinIntact: 'yes',
  consentVerbal: 'yes',
  nprsPre: 4,
};

describe('a pre-screen', () => {
  it('has nothing filled in beforehand', () => {
    expect(unanswered(NOTHING_ANSWERED)).toEqual([
      ...ASKED.map(({ id }) => id),
      'skinIntact',
      'consentVerbal',
      'nprsPre',
    ]);
    expect(preScreenOf(NOTHING_ANSWERED)).toBeUndefined();
  });

  it('is not sent while one question is open', () => {
    for (const { id } of ASKED) {
      const { [id]: _left, ...answers } = asked.answers;
      expect(preScreenOf({ ...asked, answers })).toBeUndefined();
    }
    const { skinIntact: _skin, ...open } = asked;
    expect(preScreenOf(open)).toBeUndefined();
  });

  it('names what was found, and says no where no was said', () => {
    expect(
      preScreenOf({
        ...asked,
        answers: { ...asked.answers, F07: 'yes' },
        consentVerbal: 'no',
        vitals: { sbpMmHg: 120 },
      }),
    ).toEqual({
      flags: ['F07'],
      vitals: { sbpMmHg: 120 },
      skinIntact: true,
      consentVerbal: false,
      nprsPre: 4,
    });
  });

  it('measures what is not asked', () => {
    expect(ASKED.map(({ id }) => id)).not.toContain('F10');
    expect(outsideIn({ vitals: { sbpMmHg: 190 } })?.outside).toEqual(['sbpMmHg']);
    expect(outsideIn({ vitals: {} })).toBeUndefined();
  });
});
