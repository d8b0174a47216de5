import { answered, answerOf, likeLast, type Content } from './content.js';

describe('an order like the last one', () => {
  it('asks screening and precautions afresh, and does not say again what was for one order alone', () => {
    const last: Content = {
      priority: 'urgent',
      clinicalQuestion: 'Can it be eased?',
      screening: [{ flagId: 'F01', answer: 'no' }],
      precautions: [],
      duplicateOverrideReason: 'Another clinic.',
      siteExplanation: 'It radiates.',
      attachments: [{ documentId: '0198d0a0-0000-7000-8000-000000000001', sha256: 'a'.repeat(64) }],
      validUntil: '2026-05-01',
    };
    expect(likeLast(last)).toEqual({ priority: 'urgent', clinicalQuestion: 'Can it be eased?' });
  });
});

describe('an answer of the screening', () => {
  it('is none until it is given, and the last that was given', () => {
    expect(answerOf(undefined, 'F01')).toBeUndefined();
    const first = answered([], 'F01', 'yes');
    expect(answerOf(answered(first, 'F01', 'no'), 'F01')).toBe('no');
    expect(answerOf(answered(first, 'F02', 'no'), 'F01')).toBe('yes');
  });
});
