/**
 * No step of the care is a dead end: whatever people did before, somebody who exists can go on, although people left meanwhile. What is
 * open can be ended; an order can be brought through care to its closed loop; what is offered is taken, or what comes first is said;
 * whoever has to act is asked, and nobody else is kept busy; and care that was given can be told. Rules that are broken on purpose show that a dead end is found.
 */
import fc from 'fast-check';
import { allCareComesAbout } from './dead-ends.care.js';
import { CONTROLS, KNOWN, ONCE, type Question } from './dead-ends.defects.js';
import { untold } from './dead-ends.late.js';
import { happens, histories, historiesAfter, type Deed } from './dead-ends.history.js';
import { everything, townOf, type Town } from './dead-ends.moves.js';
import { beginning } from './dead-ends.people.js';
import { allEnds, offeredInVain, reasonsIn, type DeadEnd } from './dead-ends.staff.js';
import { fallenSilent, leftOver, nobodyAsked } from './dead-ends.tasks.js';
import { CareWorld, type Defect } from './dead-ends.world.js';

const RUNS = 100;
const RUNS_OF_A_CONTROL = 200;

/** What things came to be, in all histories. */
const reached = new Set<string>();

// prettier-ignore
const STAYED_IN = [
  'referral Draft', 'referral Sent', 'referral InTriage', 'referral InfoRequested', 'referral Accepted', 'referral Booked',
  'referral InTreatment', 'referral OnHold', 'referral CancelRequested', 'referral Declined', 'referral OutcomeReported',
  'referral Closed', 'session Scheduled', 'session CheckedIn', 'session InProgress', 'session Performed', 'session Signed',
  'plan Draft', 'plan Submitted', 'plan ChangesRequested', 'plan Certified', 'flag open', 'flag confirmed',
  'consent granted', 'consent restricted', 'consent withdrawn', 'precaution confirmed',
];

const townAfter = async (deeds: readonly Deed[], defect?: Defect): Promise<Town> => {
  const world = new CareWorld(defect);
  await world.begin(await beginning());
  const town = townOf(world);
  for (const deed of deeds) {
    await happens(town, deed);
    for (const { category, stage } of everything(town)) reached.add(`${category} ${stage}`);
  }
  return town;
};

const ASKING: Readonly<Record<Question, (town: Town) => Promise<readonly DeadEnd[]>>> = {
  ends: allEnds,
  care: allCareComesAbout,
  offered: offeredInVain,
  asked: (town) => Promise.resolve(nobodyAsked(town)),
  silent: (town) => Promise.resolve(fallenSilent(town)),
  left: (town) => Promise.resolve(leftOver(town)),
  late: untold,
};

const deadEnds = async (
  question: Question,
  deeds: readonly Deed[],
  defect?: Defect,
): Promise<readonly DeadEnd[]> => ASKING[question](await townAfter(deeds, defect));

const isKnown = (end: DeadEnd): boolean => {
  const reasons = reasonsIn(end);
  return reasons.length > 0 && KNOWN.some(({ told }) => reasons.every((reason) => told.includes(reason)));
};

const unknownEnds = async (
  question: Question,
  deeds: readonly Deed[],
  defect?: Defect,
): Promise<readonly DeadEnd[]> => (await deadEnds(question, deeds, defect)).filter((end) => !isKnown(end));

describe('whatever was done before', () => {
  it.each<{ readonly so: string; readonly question: Question }>([
    { so: 'all that is open can be brought to an end', question: 'ends' },
    { so: 'every order can be brought through care to its closed loop', question: 'care' },
    { so: 'what is offered is taken, or what comes first is said', question: 'offered' },
    { so: 'somebody who is there is asked to act', question: 'asked' },
    { so: 'no order that is open falls silent', question: 'silent' },
    { so: 'an order that is over keeps nobody busy', question: 'left' },
    { so: 'care that was given can be told', question: 'late' },
  ])('$so', async ({ question }) => {
    const holds = fc.asyncProperty(histories, async (deeds) =>
      expect(await unknownEnds(question, deeds)).toEqual([]),
    );
    await fc.assert(holds, { numRuns: RUNS });
  });

  it('things came to every stage that they can stay in', () => {
    expect([...reached]).toEqual(expect.arrayContaining(STAYED_IN));
  });
});

describe('a dead end is found where', () => {
  it.each(CONTROLS)('$name', async ({ question, begins, ...defect }) => {
    const found: DeadEnd[] = [];
    const all = begins === undefined ? histories : historiesAfter(begins);
    const searched = fc.asyncProperty(all, async (deeds) => {
      found.push(...(await unknownEnds(question, deeds, defect)));
      return found.length === 0;
    });
    await fc.check(searched, { numRuns: RUNS_OF_A_CONTROL, endOnFailure: true });
    expect(found).not.toEqual([]);
  });
});

describe('not mended yet', () => {
  it.each(KNOWN)('$name', async ({ question, deeds }) => {
    const found = await deadEnds(question, deeds);
    expect(found.some(isKnown)).toBe(true);
  });
});

describe('no dead end any more', () => {
  it.each(ONCE)('$name', async ({ question, deeds }) => {
    expect(await deadEnds(question, deeds)).toEqual([]);
  });
});
