import { DIAGNOSIS_COMMANDS } from '@fascia/diagnosis/contract';
import {
  findingIn,
  keptOf,
  placeAfter,
  revisionOf,
  saidOf,
  type Diagnosis,
  type Finding,
} from './finding.js';

const CODE = { code: 'M75.01', text: 'Adhesive capsulitis of right shoulder' };
const FINDING: Finding = {
  code: CODE,
  place: 'shoulder/right',
  tissues: ['fascia'],
  dysfunction: 'contracture',
  unrelatedReason: '',
};
const DIAGNOSIS: Diagnosis = {
  id: '0198d0a0-0000-7000-8000-000000000001',
  version: 3,
  patientId: '0198d0a0-0000-7000-8000-000000000002',
  verification: 'confirmed',
  ...CODE,
  snomed: '202381003',
  site: { region: 'shoulder', side: 'right' },
  side: 'right',
  tissues: ['fascia'],
  dysfunction: 'contracture',
  onset: '2026-03',
  unrelatedReason: null,
  clinicalStatus: 'active',
  resolvedOn: null,
  recordedAt: '2026-04-01T10:00:00.000Z',
  unassigned: false,
  allowedActions: ['ReviseDiagnosis'],
};

describe('the place that is chosen on the body', () => {
  it('takes the place of the one before', () => {
    expect(placeAfter(null, { region: 'knee', side: 'left' })).toBe('knee/left');
    expect(placeAfter('knee/left', { region: 'knee', side: 'right' })).toBe('knee/right');
    expect(placeAfter('hip/left', { region: 'abdomen', side: 'midline' })).toBe('abdomen/midline');
  });

  it('is none once it is chosen again; of both sides the other one stays', () => {
    expect(placeAfter('knee/left', { region: 'knee', side: 'left' })).toBeNull();
    expect(placeAfter('knee/bilateral', { region: 'knee', side: 'left' })).toBe('knee/right');
  });
});

describe('a finding', () => {
  it('is said as the service takes it, without what nobody said', () => {
    expect(saidOf(FINDING)).toEqual({
      code: 'M75.01',
      site: { region: 'shoulder', side: 'right' },
      tissues: ['fascia'],
      dysfunction: 'contracture',
    });
    expect(saidOf({ ...FINDING, place: null, unrelatedReason: ' Another joint. ' })).toEqual({
      code: 'M75.01',
      tissues: ['fascia'],
      dysfunction: 'contracture',
      unrelatedReason: 'Another joint.',
    });
    expect(saidOf({ ...FINDING, dysfunction: null })).toBeUndefined();
  });

  it('is read out of a diagnosis; a place without a side that it needs is none', () => {
    expect(findingIn(DIAGNOSIS)).toEqual(FINDING);
    expect(findingIn({ ...DIAGNOSIS, site: { region: 'shoulder', side: null } }).place).toBeNull();
    expect(findingIn({ ...DIAGNOSIS, site: { region: 'widespread', side: 'left' } }).place).toBe(
      'widespread/',
    );
  });
});

describe('a revision of a finding', () => {
  it('is all of it with the reason, and what no field asks for', () => {
    const revision = revisionOf(DIAGNOSIS, { ...FINDING, tissues: ['muscle'] }, ' Felt again. ');
    expect(revision).toEqual({
      code: 'M75.01',
      site: { region: 'shoulder', side: 'right' },
      tissues: ['muscle'],
      dysfunction: 'contracture',
      snomed: '202381003',
      onset: '2026-03',
      reason: 'Felt again.',
    });
    expect(DIAGNOSIS_COMMANDS.ReviseDiagnosis.body.safeParse(revision)).toMatchObject({ success: true });
  });

  it('drops the code of SNOMED CT with the one that it stood beside', () => {
    expect(keptOf(DIAGNOSIS, { code: 'M75.02', text: '' })).toEqual({ onset: '2026-03' });
    expect(keptOf({ ...DIAGNOSIS, code: null }, CODE)).toHaveProperty('snomed');
  });

  it('needs a reason, and a code of either kind', () => {
    expect(revisionOf(DIAGNOSIS, FINDING, '  ')).toBeUndefined();
    const uncoded: Diagnosis = { ...DIAGNOSIS, code: null, text: null };
    expect(revisionOf(uncoded, { ...FINDING, code: null }, 'Felt again.')).not.toHaveProperty('code');
    expect(
      revisionOf({ ...uncoded, snomed: null }, { ...FINDING, code: null }, 'Felt again.'),
    ).toBeUndefined();
  });
});
