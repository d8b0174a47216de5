/** What somebody missed who was away for a while: told when it is known, and never half of it. */
import type { PlaceInSlice } from './changed-rows.js';
import { LiveLog } from './live-log.js';

const place = (position: number, partition = 0, history = 'h'): PlaceInSlice => ({
  partition,
  position: BigInt(position),
  digest: position === 0 ? '' : `${history}${String(position)}`,
});

const rows = (id: string) => ({ model: 'visit', ids: [id], organizations: [], patients: [] });

const began = (...places: readonly PlaceInSlice[]): LiveLog => {
  const log = new LiveLog(3);
  log.begin(places);
  return log;
};

const add = (log: LiveLog, id: string, to: PlaceInSlice): boolean =>
  log.add(rows(id), { partition: to.partition, to });

const idsSince = (log: LiveLog, ...places: readonly PlaceInSlice[]): readonly string[] | undefined =>
  log.since(places)?.flatMap(({ ids }) => ids);

describe('since a place', () => {
  it('is what came after it, in every slice', () => {
    const log = began(place(5), place(7, 1));
    add(log, 'a', place(6));
    const then = log.now;
    add(log, 'b', place(9, 1));
    add(log, 'c', place(8));
    expect(idsSince(log, ...then)).toEqual(['b', 'c']);
    expect(idsSince(log, place(5), place(7, 1))).toEqual(['a', 'b', 'c']);
    expect(idsSince(log, ...log.now)).toEqual([]);
  });

  it('is all parts of a batch, also when only some were said before the place', () => {
    const log = began(place(5));
    log.add(rows('first part'), { partition: 0, to: undefined });
    const then = log.now;
    add(log, 'last part', place(6));
    expect(idsSince(log, ...then)).toEqual(['first part', 'last part']);
    expect(idsSince(log, ...log.now)).toEqual([]);
  });

  it('is what changed while the slice stood still, once more rather than not at all', () => {
    const log = began(place(5));
    log.add(rows('taken again'), { partition: 0, to: undefined });
    expect(idsSince(log, ...log.now)).toEqual(['taken again']);
  });

  it.each([
    ['that was never reached', [place(4), place(7, 1)]],
    ['of another history', [place(5, 0, 'other'), place(7, 1)]],
    ['between batches', [place(6), place(7, 1)]],
    ['of some slices only', [place(5)]],
    ['of no slice', []],
  ])('is not known: one %s', (_, asked) => {
    const log = began(place(5), place(7, 1));
    add(log, 'a', place(8));
    expect(idsSince(log, ...asked)).toBeUndefined();
  });

  it('is not known of what was forgotten, and is of the rest', () => {
    const log = began(place(0));
    for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) add(log, id, place(index + 1));
    expect(idsSince(log, place(0))).toBeUndefined();
    expect(idsSince(log, place(1))).toEqual(['b', 'c', 'd']);
  });

  it('is not known while a part of the batch after it is forgotten', () => {
    const log = began(place(1));
    for (const id of ['a', 'b', 'c']) log.add(rows(id), { partition: 0, to: undefined });
    add(log, 'd', place(2));
    expect(idsSince(log, place(1))).toBeUndefined();
    expect(idsSince(log, place(2))).toEqual([]);
  });

  it('is not known before anything is', () => {
    expect(idsSince(new LiveLog(3))).toBeUndefined();
  });
});

describe('what is added', () => {
  it('is refused when it is of a slice that is not known, or goes back', () => {
    const log = began(place(5));
    expect(add(log, 'a', place(6))).toBe(true);
    expect(add(log, 'b', place(1, 1))).toBe(false);
    expect(add(log, 'c', place(4))).toBe(false);
  });
});
