import { partsLacking } from './Lacking.js';

const refusal = (about?: { readonly missing: readonly string[] }) => ({
  code: 'REFERRAL_INCOMPLETE',
  title: 'Incomplete',
  detail: 'It lacks parts.',
  ...(about === undefined ? {} : { about }),
});

describe('the parts that an order lacks', () => {
  it('are named once each, whichever refusal names them', () => {
    const missing = ['/content/sites', '/content/payer'];
    expect(partsLacking([refusal({ missing })])).toEqual(['sites', 'payer']);
    expect(partsLacking([refusal(), refusal({ missing }), refusal({ missing })])).toEqual(['sites', 'payer']);
  });

  it('are none of a refusal for another reason, and nothing that has no name', () => {
    expect(partsLacking([])).toEqual([]);
    expect(partsLacking([refusal()])).toEqual([]);
    expect(partsLacking([refusal({ missing: ['/content/unheard'] })])).toEqual([]);
  });
});
