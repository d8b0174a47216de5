import { tallyOf } from './tally.js';

const work = (cpt: string, minutes: number, timed = true) => ({ cpt, minutes, timed });

describe('minutes and units while one types', () => {
  it('count what is recorded and what is not yet', () => {
    const { timed, all, units } = tallyOf({
      recorded: [work('97140', 7)],
      pending: [{ cpt: '97110', minutes: 33 }],
      payer: 'US-MEDICARE-B',
    });
    expect([timed, all, units?.totalUnits]).toEqual([40, 40, 3]);
    expect(units?.byCode).toEqual([
      { cpt: '97140', units: 1 },
      { cpt: '97110', units: 2 },
    ]);
  });

  it('are counted as the payer does: code by code', () => {
    const { units } = tallyOf({
      recorded: [work('97140', 7), work('97110', 33)],
      payer: 'COMMERCIAL-MASSAGE',
    });
    expect(units?.totalUnits).toBe(2);
  });

  it('have no units where the payer counts none, or where nobody knows who pays', () => {
    expect(tallyOf({ recorded: [work('97140', 30)], payer: 'SELF-PAY' }).units).toBeUndefined();
    expect(tallyOf({ recorded: [work('97140', 30)], payer: null })).toMatchObject({ timed: 30, all: 30 });
  });

  it('leave out what the table counts once a visit, also before it is recorded again', () => {
    expect(
      tallyOf({
        recorded: [work('97161', 20, false)],
        pending: [{ cpt: '97161', minutes: 10 }, { cpt: '97140' }],
        payer: 'US-MEDICARE-B',
      }),
    ).toMatchObject({ timed: 0, all: 30 });
  });
});
