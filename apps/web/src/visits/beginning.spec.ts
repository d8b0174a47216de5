import { startRefusedOf } from './beginning.js';
import type { PlanInForce, Visit } from './rows.js';

const plan = {} as PlanInForce;

const visit = (flags: readonly string[], consentVerbal = true, kind: Visit['kind'] = 'treatment') => ({
  id: 'now',
  kind,
  preScreen: { flags: [...flags], consentVerbal, vitals: {}, skinIntact: true, nprsPre: 3, at: '' },
});

const flag = (catalogueId: string, status: 'open' | 'cleared', sessionId: string | null = null) => ({
  catalogueId,
  status,
  sessionId,
});

describe('treatment begins', () => {
  it('where nothing was found, the patient agrees, and there is a plan', () => {
    expect(startRefusedOf(visit([]), [], plan)).toEqual([]);
    expect(startRefusedOf(visit([], true, 'evaluation'), [], undefined)).toEqual([]);
  });

  it('not over a flag that prevents it, found today or standing since before', () => {
    expect(startRefusedOf(visit(['F07']), [], plan)).toEqual(['SESSION_RED_FLAG_BLOCK']);
    expect(startRefusedOf(visit([]), [flag('F01', 'open')], plan)).toEqual(['SESSION_RED_FLAG_BLOCK']);
    expect(startRefusedOf(visit(['F12']), [], plan)).toEqual([]);
  });

  it('once a physician has cleared what this visit found, and not by what was cleared in another', () => {
    expect(startRefusedOf(visit(['F07']), [flag('F07', 'cleared', 'now')], plan)).toEqual([]);
    expect(startRefusedOf(visit(['F07']), [flag('F07', 'cleared', 'before')], plan)).toHaveLength(1);
  });

  it('is told all that stands in its way at once', () => {
    expect(startRefusedOf(visit(['F01'], false), [], undefined)).toEqual([
      'SESSION_RED_FLAG_BLOCK',
      'SESSION_CONSENT_MISSING',
      'SESSION_NO_PLAN',
    ]);
  });
});
