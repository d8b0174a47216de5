import { UNDER_CARE } from '@fascia/referral/contract';
import { TRANSITIONS } from '@fascia/session/contract';
import { BOOKABLE, BOOKERS, isBookable, LATE_RECORDERS } from './who-books.js';

const CLINIC = '0198d0a0-0000-7000-8000-000000000001';
const OTHER = '0198d0a0-0000-7000-8000-000000000002';
const OF_CLINIC = { organizationId: CLINIC, name: 'Quay' };

const who = (event: string): readonly string[] =>
  TRANSITIONS.filter(
    ({ command, events }) => command === 'ScheduleSession' && events.some((one) => one === event),
  ).flatMap((row) => row.who);

describe('who books', () => {
  it('are those whom the table of visits names, but for patients', () => {
    expect(BOOKERS.toSorted()).toEqual(
      who('SessionScheduled')
        .filter((role) => role !== 'patient')
        .toSorted(),
    );
    expect(LATE_RECORDERS.toSorted()).toEqual(who('SessionEnteredLate').toSorted());
  });

  it('book under referrals that are under care', () => {
    expect(BOOKABLE).toEqual(UNDER_CARE);
  });

  it('book for their own clinic alone', () => {
    const by = { role: 'scheduler', organizationId: CLINIC } as const;
    expect(isBookable({ state: 'Accepted', recipient: OF_CLINIC }, by)).toBe(true);
    expect(isBookable({ state: 'Sent', recipient: OF_CLINIC }, by)).toBe(false);
    expect(isBookable({ state: 'Accepted', recipient: { ...OF_CLINIC, organizationId: OTHER } }, by)).toBe(
      false,
    );
    expect(isBookable({ state: 'Accepted', recipient: null }, by)).toBe(false);
    expect(isBookable({ state: 'Accepted', recipient: OF_CLINIC }, { ...by, role: 'physician' })).toBe(false);
  });
});
