import { freeTimes, gapsIn, hoursOf, placed, type Span } from './columns.js';

const span = (from: number, to: number): Span => ({ from, to });

describe('visits in a column', () => {
  it('have its whole width where nothing is beside them', () => {
    const [one, other] = [span(540, 585), span(585, 630)];
    expect(placed([other, one])).toEqual([
      { item: one, lane: 0, lanes: 1 },
      { item: other, lane: 0, lanes: 1 },
    ]);
  });

  it('share it where they overlap, and take a place that became free', () => {
    const [long, short, later] = [span(540, 660), span(540, 570), span(600, 630)];
    expect(placed([long, short, later])).toEqual([
      { item: short, lane: 0, lanes: 2 },
      { item: long, lane: 1, lanes: 2 },
      { item: later, lane: 0, lanes: 2 },
    ]);
  });

  it('leave room between them', () => {
    const within = span(480, 1080);
    expect(gapsIn([], within, 15)).toEqual([within]);
    expect(gapsIn([span(585, 630), span(540, 585)], within, 15)).toEqual([span(480, 540), span(630, 1080)]);
    expect(gapsIn([span(480, 600), span(540, 570), span(605, 1080)], within, 15)).toEqual([]);
  });
});

describe('the hours that are shown', () => {
  it('are the usual ones, and as many more as somebody works', () => {
    expect(hoursOf([])).toEqual(span(480, 1080));
    expect(hoursOf([span(415, 460), span(1075, 1120)])).toEqual(span(360, 1140));
  });
});

describe('times that are free', () => {
  it('are the first that are long enough', () => {
    expect(freeTimes([span(540, 585), span(600, 660)], 45, { from: 530, most: 3, step: 15 })).toEqual([
      660, 675, 690,
    ]);
    expect(freeTimes([span(540, 585)], 30, { from: 500, most: 2, step: 15 })).toEqual([510, 585]);
  });

  it('end with the day', () => {
    expect(freeTimes([], 45, { from: 1050, most: 3, step: 15 })).toEqual([]);
  });
});
