import fc from 'fast-check';
import { CALL_SCRIPTS, CALL_STEPS, callScriptOf, emergencyNumberIn } from './emergency.js';
import {
  DEFAULT_VITAL_LIMITS,
  forbidsSession,
  forbidsWorkAt,
  isInsideAgain,
  isRedFlagId,
  isRestrictedFlag,
  OPEN_RED_FLAG_IDS,
  preventsStart,
  RED_FLAGS,
  redFlag,
  urgencyOf,
  vitalFinding,
} from './red-flags.js';

describe('the catalogue of red flags', () => {
  it('holds F01 to F12 once each', () => {
    expect(RED_FLAGS.map(({ id }) => id)).toEqual(
      Array.from({ length: 12 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`),
    );
    expect(new Set(RED_FLAGS.map(({ key }) => key)).size).toBe(12);
  });

  it('makes a session impossible for the emergencies', () => {
    const forbidding = RED_FLAGS.map(({ id }) => id).filter((id) => forbidsSession(id));
    expect(forbidding).toEqual(['F01', 'F02', 'F03', 'F04', 'F05']);
    expect(forbidding.every((id) => redFlag(id).effects.includes('page-physician'))).toBe(true);
  });

  // prettier-ignore
  it.each([
    ['F01', 'suspected-cauda-equina', 'emergency', 'hold-referral'],
    ['F02', 'cervical-vascular-signs', 'emergency', 'block-neck'],
    ['F04', 'chest-pain-stroke-or-anaphylaxis', 'emergency', 'ambulance-script'],
    ['F06', 'possible-fracture', 'urgent', 'hold-site'],
    ['F07', 'possible-malignancy', 'urgent', 'stop-region'],
    ['F10', 'vital-signs-out-of-limits', 'sameDay', 'recheck'],
    ['F11', 'low-mood-or-self-harm', 'urgent', 'never-auto-close'],
    ['F12', 'safeguarding-concern', 'byLaw', 'restricted-note'],
  ] as const)('%s is %s, %s, and asks for %s', (id, key, urgency, effect) => {
    expect(redFlag(id)).toMatchObject({ key, urgency, effects: expect.arrayContaining([effect]) as unknown });
  });

  it('raises low mood to an emergency when the patient voices self-harm', () => {
    expect(urgencyOf('F11')).toBe('urgent');
    expect(urgencyOf('F11', ['self-harm'])).toBe('emergency');
    expect(forbidsSession('F11', ['self-harm'])).toBe(true);
  });

  it('keeps a session from starting for vital signs, not for a safeguarding concern', () => {
    expect([preventsStart('F10'), preventsStart('F07'), preventsStart('F12')]).toEqual([true, true, false]);
  });

  it.each(['F13', 'f01', ''])('does not know %j', (text) => {
    expect(isRedFlagId(text)).toBe(false);
  });
});

describe('work at a place while a flag stands', () => {
  const knee = { region: 'knee', side: 'left' } as const;
  const other = { region: 'knee', side: 'right' } as const;
  const neck = { region: 'cervical' } as const;

  it.each([
    ['F06', knee, knee, true],
    ['F06', knee, other, false],
    ['F06', knee, neck, false],
    ['F06', undefined, neck, true],
    ['F07', knee, other, true],
    ['F07', knee, neck, false],
    ['F07', undefined, neck, true],
    ['F09', neck, { region: 'cervical', side: 'left' }, true],
    ['F10', undefined, knee, false],
    ['F11', undefined, knee, false],
    ['F12', undefined, knee, false],
  ] as const)('%s at %j: work at %j is out of bounds: %s', (id, at, worked, expected) => {
    expect(forbidsWorkAt(id, at, worked)).toBe(expected);
  });
});

describe('vital signs measured again', () => {
  it.each([
    [['sbpMmHg'], { sbpMmHg: 179 }, true],
    [['sbpMmHg'], { sbpMmHg: 180 }, false],
    [['sbpMmHg'], {}, false],
    [['sbpMmHg'], { sbpMmHg: undefined }, false],
    [['sbpMmHg', 'spo2Percent'], { sbpMmHg: 120 }, false],
    [['sbpMmHg', 'spo2Percent'], { sbpMmHg: 120, spo2Percent: 97 }, true],
    [['sbpMmHg'], { sbpMmHg: 120, heartRatePerMin: 130 }, false],
  ])('%j outside, %j now: inside again: %s', (outside, now, expected) => {
    expect(isInsideAgain(outside, now)).toBe(expected);
  });
});

describe('what is told to those who treat alone', () => {
  it('is the safeguarding concern', () => {
    expect(RED_FLAGS.map(({ id }) => id).filter(isRestrictedFlag)).toEqual(['F12']);
    expect(OPEN_RED_FLAG_IDS).toHaveLength(11);
    expect(OPEN_RED_FLAG_IDS).not.toContain('F12');
  });
});

describe('an emergency', () => {
  it('says what to do, and that a message is no call', () => {
    for (const script of CALL_SCRIPTS)
      expect(CALL_STEPS[script].join(' ')).toMatch(/Stop treatment.*[Pp]hone.*message does not stand/);
    expect([callScriptOf('F01'), callScriptOf('F04')]).toEqual(['call', 'ambulance']);
  });

  it.each([
    ['US', '911'],
    ['nzl', '111'],
    ['GB', '999'],
    ['AU', '000'],
    ['DE', '112'],
    [undefined, '112'],
    ['constructor', '112'],
  ])('in %s is dialled as %s', (country, number) => {
    expect(emergencyNumberIn(country)).toBe(number);
  });
});

describe('vital signs before a session', () => {
  it.each([
    [{}, undefined],
    [{ sbpMmHg: 179, dbpMmHg: 109, heartRatePerMin: 119, spo2Percent: 90 }, undefined],
    [{ sbpMmHg: 180 }, ['sbpMmHg']],
    [{ dbpMmHg: 110 }, ['dbpMmHg']],
    [{ heartRatePerMin: 120 }, ['heartRatePerMin']],
    [{ spo2Percent: 89 }, ['spo2Percent']],
    [{ sbpMmHg: 200, spo2Percent: 80 }, ['sbpMmHg', 'spo2Percent']],
  ])('%j: outside %j', (vitals, outside) => {
    expect(vitalFinding(vitals)?.outside).toEqual(outside);
  });

  it('says by which limits, and when to measure again', () => {
    expect(
      vitalFinding(
        { sbpMmHg: 150 },
        { ...DEFAULT_VITAL_LIMITS, version: 'clinic-2', sbpMmHg: 150, recheckAfterMinutes: 10 },
      ),
    ).toEqual({
      flagId: 'F10',
      outside: ['sbpMmHg'],
      limitsVersion: 'clinic-2',
      recheckAfterMinutes: 10,
    });
  });

  it('never become better by a higher pressure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 260 }), fc.nat(60), (sbpMmHg, more) => {
        const found = vitalFinding({ sbpMmHg }) !== undefined;
        if (found) expect(vitalFinding({ sbpMmHg: sbpMmHg + more })).toBeDefined();
      }),
    );
  });
});
