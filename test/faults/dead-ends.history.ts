/** What may happen before: orders, care that goes on, whatever else somebody may do of what is open, and the world around it. */
import fc from 'fast-check';
import { CLINICS, LISTINGS, MAY_GO, OPERATOR, PATIENT, PRACTICE, TWIN } from './dead-ends.people.js';
import { lateEntries } from './dead-ends.late.js';
import { everything, movesToEnd, referralsOf, staff, type Step, type Town } from './dead-ends.moves.js';
import { goesOn } from './dead-ends.care.js';
import { firstTaken, given } from './dead-ends.staff.js';
import {
  CONSENTS,
  flagRaised,
  ordersFor,
  precautionRecorded,
  recordOf,
  standingDiagnosis,
} from './dead-ends.words.js';

const HOUR_MS = 3_600_000;
const HOURS = [1, 24, 10 * 24] as const;
const KINDS = [
  'order',
  'care',
  'anything',
  'consent',
  'flag',
  'precaution',
  'refuted',
  'full',
  'merged',
  'late',
  'goes',
  'time',
  'dies',
] as const;
const MOST_ORDERS = 3;

/** What somebody does, drawn by a number; or by the name of a command, where a history is written down. */
export type Deed = Drawn | readonly [kind: 'does', command: string];
type Drawn = readonly [kind: (typeof KINDS)[number], which: number];

const WEIGHTS: Readonly<Record<Drawn[0], number>> = {
  order: 4,
  care: 24,
  anything: 24,
  consent: 4,
  flag: 3,
  precaution: 2,
  refuted: 2,
  full: 2,
  merged: 1,
  late: 2,
  goes: 2,
  time: 8,
  dies: 1,
};

const drawn = fc.oneof(
  ...KINDS.map((kind) => ({
    weight: WEIGHTS[kind],
    arbitrary: fc.tuple(fc.constant(kind), fc.nat(400)),
  })),
);

const MOST_CARE = 14;

/** What comes after a beginning. */
export const historiesAfter = (beginning: readonly Deed[]): fc.Arbitrary<readonly Deed[]> =>
  fc.array(drawn, { maxLength: 4 }).map((deeds) => [...beginning, ...deeds]);

export const care = (times: number): readonly Deed[] =>
  Array.from({ length: times }, () => ['care', 0] as const);

const ordered: fc.Arbitrary<readonly Deed[]> = fc
  .tuple(
    fc.array(drawn, { maxLength: 2 }),
    fc.nat(400),
    fc.nat(MOST_CARE),
    fc.array(drawn, { maxLength: 20 }),
  )
  .map(([before, which, far, deeds]) => [...before, ['order', which], ...care(far), ...deeds]);

const unordered: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.tuple(fc.constantFrom('flag', 'precaution', 'consent', 'refuted', 'time'), fc.nat(400)),
  { maxLength: 4 },
);

/** Any: mostly an order that has come some way, and what happens then; or what is known of a patient for whom nothing is ordered. */
export const histories = fc.oneof({ weight: 7, arbitrary: ordered }, { weight: 1, arbitrary: unordered });

const chosen = <T>(all: readonly T[], which: number): T | undefined => all[which % all.length];

/** One of five orders is written by a delegate; this is the first. */
export const BY_A_DELEGATE = 4;

const order = async (town: Town, which: number): Promise<void> => {
  const open = referralsOf(town).filter((row) => row.open || row.stage === 'Draft');
  const [writer] = staff(town, which % 5 === BY_A_DELEGATE ? 'delegate' : 'physician', PRACTICE);
  if (writer === undefined || open.length >= MOST_ORDERS) return;
  const content = chosen(ordersFor(town.world), which);
  await town.world.give(
    given(town, 'referral', writer, { type: 'DraftReferral', patientId: recordOf(town.world), content }),
  );
};

/** Ends are many, and would leave little to go on with: one in so many deeds. */
const ENDS_IN = 6;

/** Whoever may, does it. */
const anything = async (town: Town, which: number): Promise<void> => {
  const ends = which % ENDS_IN === 0;
  const steps = everything(town).flatMap((thing) =>
    thing.steps.filter(({ to }) => (movesToEnd(thing.category, to) === 0) === ends),
  );
  const sayings = Map.groupBy(steps, ({ id, command }) => `${id} ${JSON.stringify(command)}`);
  for (const step of chosen<readonly Step[]>([...sayings.values()], which) ?? [])
    if ((await town.world.give(step)) === 'done') return;
};

const consent = async (town: Town, which: number): Promise<void> => {
  const [physician] = staff(town, 'physician', PRACTICE);
  if (physician === undefined) return;
  const said = [
    CONSENTS.restricted(town.world, []),
    CONSENTS.restricted(town.world, [CLINICS[0]]),
    CONSENTS.given(town.world),
    CONSENTS.restricted(town.world, [CLINICS[1]]),
  ];
  await town.world.give(given(town, 'consent', physician, chosen(said, which) ?? {}));
};

const flag = async (town: Town, which: number): Promise<void> => {
  const catalogueId = chosen(['F06', 'F01', 'F12', 'F10'], which) ?? 'F06';
  const referral = referralsOf(town).find(({ open }) => open);
  const more = referral === undefined || which % 3 === 0 ? {} : { referralId: referral.id };
  for (const by of town.people.filter(({ role }) => role === 'therapist' || role === 'physician'))
    if (
      (await town.world.give(given(town, 'flag', by, flagRaised(town.world, catalogueId, more)))) === 'done'
    )
      return;
};

const precaution = async (town: Town, which: number): Promise<void> => {
  const [physician] = staff(town, 'physician', PRACTICE);
  const catalogueId = chosen(['C01', 'P01'], which);
  if (physician === undefined || catalogueId === undefined) return;
  await town.world.give(given(town, 'precaution', physician, precautionRecorded(town.world, catalogueId)));
};

/** What was thought to be wrong with the patient is not. */
const refuted = async (town: Town): Promise<void> => {
  const [physician] = staff(town, 'physician', PRACTICE);
  const id = standingDiagnosis(town.world);
  if (physician === undefined || id === undefined) return;
  const command = { type: 'RefuteDiagnosis', reason: 'An image shows another cause.' };
  await town.world.give({ category: 'diagnosis', id, by: physician, command });
};

/** A clinic takes no new patients, or is listed no more; the other one stays. */
const full = async (town: Town, which: number): Promise<void> => {
  const n = which % CLINICS.length;
  const [coordinator] = staff(town, 'coordinator', CLINICS[n]);
  if (coordinator === undefined) return;
  const leaves = n === 0 && which % 3 === 0;
  const command = leaves ? { type: 'WithdrawListing' } : { type: 'RecordCapacity', capacity: 'closed' };
  await town.world.give({ category: 'listing', id: LISTINGS[n] ?? '', by: coordinator, command });
};

/** The patient was registered twice. */
const merged = async (town: Town): Promise<void> => {
  const [clerk] = staff(town, 'records', PRACTICE);
  if (clerk === undefined) return;
  const command = { type: 'MergePatients', survivorId: TWIN, reason: 'The same person.' };
  await town.world.give({ category: 'patient', id: PATIENT, by: clerk, command });
};

/** Their employment ends. */
const goes = async (town: Town, which: number): Promise<void> => {
  const who = chosen(MAY_GO, which);
  const at = town.people.findIndex((one) => one.sub === who?.sub);
  if (who === undefined || at < 0) return;
  town.people.splice(at, 1);
  const { practitionerId: id, role, organizationId } = who;
  await town.world.give({
    category: 'practitioner',
    id,
    by: OPERATOR,
    command: { type: 'EndRole', role, organizationId },
  });
};

const dies = async (town: Town): Promise<void> => {
  const [clerk] = staff(town, 'records', PRACTICE);
  if (clerk === undefined) return;
  const command = { type: 'RecordDeath', source: 'reported' };
  await town.world.give({ category: 'patient', id: recordOf(town.world), by: clerk, command });
};

const does = async (town: Town, command: string): Promise<void> => {
  const steps = everything(town).flatMap((thing) =>
    thing.steps.filter((step) => step.command.type === command),
  );
  const { taken, tried } = await firstTaken(town, steps);
  if (taken === undefined) throw new Error(`nobody does ${command}: ${tried.join(', ')}`);
};

export const happens = async (town: Town, deed: Deed): Promise<void> => {
  if (deed[0] === 'does') return does(town, deed[1]);
  const [kind, which] = deed;
  switch (kind) {
    case 'order':
      return order(town, which);
    case 'care': {
      const row = chosen(
        referralsOf(town).filter((one) => one.open || one.stage === 'Draft'),
        which,
      );
      if (row !== undefined) await goesOn(town, row);
      return;
    }
    case 'anything':
      return anything(town, which);
    case 'consent':
      return consent(town, which);
    case 'flag':
      return flag(town, which);
    case 'precaution':
      return precaution(town, which);
    case 'refuted':
      return refuted(town);
    case 'full':
      return full(town, which);
    case 'merged':
      return merged(town);
    case 'late':
      await firstTaken(town, chosen(lateEntries(town), which) ?? []);
      return;
    case 'goes':
      return goes(town, which);
    case 'dies':
      return dies(town);
    case 'time':
      return town.world.passes((chosen(HOURS, which) ?? 1) * HOUR_MS);
  }
};
