import { SOFT_TISSUE_BY_SNOMED, proposalFor } from './soft-tissue.js';

describe('a proposal for a provisional diagnosis', () => {
  it.each([
    ['444448004', 'active', 'S83.419A'],
    ['444448004', 'resolved', 'S83.419D'],
    ['39848009', 'resolved', 'S13.4XXD'],
    ['39848009', undefined, 'S13.4XXA'],
    ['203082005', 'resolved', 'M79.7'],
    ['202855006', 'active', 'M77.10'],
  ])('for %s, %s: %s', (snomed, clinicalStatus, icd10) => {
    expect(proposalFor([snomed], [], clinicalStatus)?.icd10).toBe(icd10);
  });

  it('has no code where none is certain, and says why', () => {
    expect(proposalFor(['30832001'], [], 'resolved')).toEqual({
      region: 'knee',
      tissue: ['tendon'],
      withoutCode: 'traumatic or spontaneous is not known',
    });
  });

  it("keeps the source's own ICD-10-CM code", () => {
    expect(proposalFor(['44465007'], ['S93.401D'], 'active')).toMatchObject({
      icd10: 'S93.401D',
      region: 'ankle-foot',
    });
    expect(proposalFor([], ['M76.61'], 'active')).toEqual({ icd10: 'M76.61', tissue: [] });
    expect(proposalFor([], ['E11.42'], 'active')).toBeUndefined();
  });

  it('names a region or a code in every row', () => {
    expect(
      [...SOFT_TISSUE_BY_SNOMED.values()].every(
        ({ region, icd10, withoutCode }) => region !== undefined && (icd10 ?? withoutCode) !== undefined,
      ),
    ).toBe(true);
  });
});
