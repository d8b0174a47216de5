import { isHeld, spanIn, takesTime, type Visit } from './visits.js';

const ZONE = 'America/New_York';
const at = (start: string, end: string) => ({ start, end }) as Visit;

describe('a visit in the calendar', () => {
  it('stands on the day of the clinic, by its clocks', () => {
    expect(spanIn(at('2026-03-03T01:00:00.000Z', '2026-03-03T01:45:00.000Z'), ZONE)).toMatchObject({
      day: '2026-03-02',
      from: 1200,
      to: 1245,
    });
  });

  it('is shown until midnight where it goes on', () => {
    expect(spanIn(at('2026-03-03T04:30:00.000Z', '2026-03-03T05:30:00.000Z'), ZONE)).toMatchObject({
      day: '2026-03-02',
      from: 1410,
      to: 1440,
    });
  });

  // prettier-ignore
  it.each([
    ['Scheduled', true, true], ['Signed', true, true], ['NoShow', true, false], ['Cancelled', false, false], ['Voided', false, false],
  ] as const)('that is %s stands there: %s, and takes time: %s', (state, held, takes) => {
    expect([isHeld({ state }), takesTime({ state })]).toEqual([held, takes]);
  });
});
