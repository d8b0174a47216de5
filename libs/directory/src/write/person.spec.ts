/** What counts for a person while nobody has said whose something is. */
import type { UnassignedFact } from '../contract/facts.js';
import { consentsThatCount, ofAllPerhaps } from './person.js';

const [OURS, THEIRS] = ['record of one', 'record of another'] as const;
const left = (category: UnassignedFact['category'], id: string, patientId: string): UnassignedFact => ({
  category,
  id,
  patientId,
});

/** Tables in which each record has a consent, a restriction and a flag, each named by what it is and whose record it is on. */
const tools = {
  lookup: <R>({ run, about }: { run: (rows: never) => Promise<R>; about?: string }): Promise<R> =>
    run({
      query: () =>
        Promise.resolve([
          { id: `granted on ${about ?? ''}`, kind: 'granted' },
          { id: `restricted on ${about ?? ''}`, kind: 'restricted' },
        ]),
    } as never),
};

const counting = async (unassigned: readonly UnassignedFact[]): Promise<readonly string[]> =>
  (await consentsThatCount({ ids: [OURS], unassigned }, '2026-04-01', tools)).map(({ id }) => id);

describe('consents', () => {
  it('of their own records count', async () => {
    expect(await counting([])).toEqual([`granted on ${OURS}`, `restricted on ${OURS}`]);
  });

  it('that may be of somebody else allow nothing, and forbid as they did', async () => {
    const unassigned = [
      left('consent', `granted on ${OURS}`, OURS),
      left('consent', `restricted on ${OURS}`, OURS),
    ];
    expect(await counting(unassigned)).toEqual([`restricted on ${OURS}`]);
  });

  it('on records of somebody else that may be theirs forbid, and allow nothing', async () => {
    const unassigned = [
      left('consent', `granted on ${THEIRS}`, THEIRS),
      left('consent', `restricted on ${THEIRS}`, THEIRS),
    ];
    expect(await counting(unassigned)).toEqual([
      `granted on ${OURS}`,
      `restricted on ${OURS}`,
      `restricted on ${THEIRS}`,
    ]);
  });
});

describe('flags', () => {
  it('on records of somebody else count where they may be theirs', async () => {
    const question = (id: string) => ({ about: id, run: () => Promise.resolve([{ id: `flag on ${id}` }]) });
    const asked = async (unassigned: readonly UnassignedFact[]) =>
      (await ofAllPerhaps({ ids: [OURS], unassigned }, 'flag', question, tools)).map(({ id }) => id);
    expect(await asked([left('flag', `flag on ${THEIRS}`, THEIRS)])).toEqual([
      `flag on ${OURS}`,
      `flag on ${THEIRS}`,
    ]);
    expect(await asked([left('diagnosis', `flag on ${THEIRS}`, THEIRS)])).toEqual([`flag on ${OURS}`]);
    expect(await asked([left('flag', 'another flag', THEIRS)])).toEqual([`flag on ${OURS}`]);
  });
});
