/** What counts for a person while nobody has said whose something is, and which record a source uses instead of theirs. */
import { past, toolsOver } from '@fascia/testkit';
import type { PatientEvent } from '../contract/events.js';
import type { UnassignedFact } from '../contract/facts.js';
import { personOf } from './patient.aggregate.js';
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

describe('a record that its source has replaced', () => {
  const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const [OLD, NEW, SYSTEM, OTHER_SYSTEM] = [uuid(1), uuid(2), 'urn:ehr', 'urn:other'];
  const registered = past<PatientEvent>({
    type: 'PatientRegistered',
    data: {
      name: { family: 'Okonjo', given: ['Ada'], prefix: [] },
      birthDate: '1980-05',
      sexAtBirth: 'female',
      telecom: [],
      address: [],
      interpreter: false,
      identifiers: [],
      homeOrganizationId: uuid(3),
    },
  });
  const received = (system: string, more: { inactive?: boolean; replacedById?: string } = {}) =>
    past<PatientEvent>({ type: 'PatientReceived', data: { system, takenIdentifiers: [], ...more } });
  const replaced = received(SYSTEM, { inactive: true, replacedById: NEW });
  const reason = 'Looked at both.';
  const merged = past<PatientEvent>({ type: 'PatientMerged', data: { survivorId: uuid(4), reason } });
  const dismissed = past<PatientEvent>({ type: 'PatientMatchDismissed', data: { otherId: NEW, reason } });

  it.each<
    [string, readonly ReturnType<typeof past>[], readonly ReturnType<typeof past>[], string | undefined]
  >([
    ['names the other one', [registered, replaced], [registered], NEW],
    ['names what that one was merged into', [registered, replaced], [registered, merged], uuid(4)],
    ['names nobody who is not here', [registered, replaced], [], undefined],
    [
      'names nobody once they are said to be of two',
      [registered, replaced, dismissed],
      [registered],
      undefined,
    ],
    ['that it takes back names nobody', [registered, replaced, received(SYSTEM)], [registered], undefined],
    [
      'that another source uses names nobody',
      [registered, replaced, received(OTHER_SYSTEM)],
      [registered],
      undefined,
    ],
    [
      'that is only inactive names nobody',
      [registered, received(SYSTEM, { inactive: true })],
      [registered],
      undefined,
    ],
  ])('%s', async (_what, ours, theirs, expected) => {
    const streams = { [`patient-${OLD}`]: ours, [`patient-${NEW}`]: theirs };
    const { record } = await personOf(OLD, { ...toolsOver(streams), claimants: () => Promise.resolve([]) });
    expect(record.replacedById).toBe(expected);
  });
});
