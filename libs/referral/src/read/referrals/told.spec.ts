import { contentTold } from './told.js';

const answer = (flagId: string) => ({ flagId, answer: 'yes' as const });

describe('the screening of an order', () => {
  const content = { screening: [answer('F07'), answer('F12')] };

  it.each(['physician', 'therapist'] as const)('is told whole to a %s', (role) => {
    expect(contentTold(role, content)).toEqual(content);
  });

  it.each(['delegate', 'coordinator', 'scheduler', 'patient', 'auditor'] as const)(
    'is told to a %s without the safeguarding concern',
    (role) => {
      expect(contentTold(role, content)).toEqual({ screening: [answer('F07')] });
    },
  );

  it('may be missing', () => {
    expect(contentTold('patient', {})).toEqual({});
  });
});
