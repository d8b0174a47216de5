import type { TFunction } from 'i18next';
import { isTheirs, whatText } from './proposals.js';

/** Words stand in the catalogue; here each is its own key. */
const t = ((key: string) => key) as unknown as TFunction;

describe('what is proposed', () => {
  it.each([
    [{ words: 'Fracture', catalogueId: 'C05', site: null }, 'Fracture'],
    [{ words: null, catalogueId: 'C99', site: null }, 'C99'],
    [
      { words: 'Fracture', catalogueId: 'C05', site: { region: 'knee', side: 'left' } },
      'Fracture: names.region.knee, names.bodySide.left',
    ],
    [{ words: 'Hernia', catalogueId: 'C14', site: { region: 'abdomen' } }, 'Hernia: names.region.abdomen'],
  ] as const)('%j is said in words', (proposal, said) => {
    expect(whatText(proposal, t)).toBe(said);
  });

  it.each([
    [['ConfirmPrecaution', 'DismissPrecaution', 'SpecifyPrecaution'], true],
    [['DismissPrecaution'], true],
    [['SpecifyPrecaution'], false],
    [[], false],
  ] as const)('and offers %j: whoever sees it may settle it: %s', (allowedActions, theirs) => {
    expect(isTheirs({ allowedActions: [...allowedActions] })).toBe(theirs);
  });
});
