import { Problem } from '../api/problem.js';
import { partsLacking } from './Lacking.js';

const refused = (document: object): Problem =>
  new Problem({
    status: 422,
    code: 'REFERRAL_INCOMPLETE',
    title: 'Incomplete',
    detail: 'It lacks parts.',
    ...document,
  });

describe('the parts that an order lacks', () => {
  it('are named once each, whichever refusal names them', () => {
    const missing = ['/content/sites', '/content/payer'];
    expect(partsLacking(refused({ about: { missing } }))).toEqual(['sites', 'payer']);
    const refusals = [{ code: 'X', title: 'X', detail: 'X', about: { missing } }];
    expect(partsLacking(refused({ about: { missing }, refusals }))).toEqual(['sites', 'payer']);
  });

  it('are none of a refusal for another reason, and nothing that has no name', () => {
    expect(partsLacking(refused({}))).toEqual([]);
    expect(partsLacking(refused({ about: { missing: ['/content/unheard'] } }))).toEqual([]);
    expect(partsLacking(new Error('broken'))).toEqual([]);
    expect(partsLacking(null)).toEqual([]);
  });
});
