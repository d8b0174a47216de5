import { reasonsAsked } from './Reasons.js';

const refusal = (code: string, missing?: readonly string[]) => ({
  code,
  title: code,
  detail: code,
  ...(missing === undefined ? {} : { about: { missing } }),
});

describe('a reason', () => {
  it('is asked for by the rule that needs it', () => {
    expect(reasonsAsked({}, [])).toEqual([]);
    expect(reasonsAsked({}, [refusal('REFERRAL_DUPLICATE')])).toEqual(['duplicateOverrideReason']);
    expect(reasonsAsked({}, [refusal('REFERRAL_SITE_DIFFERS')])).toEqual(['siteExplanation']);
    expect(reasonsAsked({}, [refusal('REFERRAL_INCOMPLETE', ['/content/suspicion'])])).toEqual(['suspicion']);
  });

  it('that was given is shown, though the rule is content', () => {
    expect(reasonsAsked({ siteExplanation: 'It radiates.' }, [])).toEqual(['siteExplanation']);
  });
});
