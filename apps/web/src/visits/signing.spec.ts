import { signRefusedOf, type Signer } from './signing.js';

const visit = { therapistId: 'noor' };

const signer: Signer = {
  practitionerId: 'noor',
  registered: {
    licences: [{ state: 'CA', kind: 'physical therapist', from: '2026-01-01', to: '2026-12-31' }],
    suspended: false,
    taxonomies: ['225100000X'],
  },
  payer: 'US-MEDICARE-B',
  today: '2026-04-06',
  reason: '',
};

describe('signing', () => {
  it('is open to the therapist of the visit, licensed today', () => {
    expect(signRefusedOf(visit, signer)).toEqual([]);
    expect(signRefusedOf(visit, { ...signer, today: '2027-01-01' })).toEqual(['SESSION_LICENCE_INVALID']);
  });

  it('asks a colleague why, and whether they may treat such a patient', () => {
    const colleague = { ...signer, practitionerId: 'kofi' };
    expect(signRefusedOf(visit, colleague)).toEqual(['SESSION_NOT_THE_THERAPIST']);
    const massage = { ...colleague, registered: { ...signer.registered, taxonomies: ['225700000X'] } };
    expect(signRefusedOf(visit, { ...massage, reason: 'Ill.' } as Signer)).toEqual([
      'SESSION_PERFORMER_NOT_ALLOWED',
    ]);
  });

  it('tells nothing of what nobody knows yet', () => {
    expect(signRefusedOf(visit, { ...signer, registered: undefined })).toEqual([]);
  });
});
