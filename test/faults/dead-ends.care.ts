/** Helpful people who bring an order through care to its closed loop, and do about a refusal what can be done. */
import { SHARING_CLOSED } from '@fascia/directory/contract';
import type { ReferralRow } from '@fascia/referral';
import {
  currentPlanOf,
  everything,
  flagsStanding,
  isDead,
  isFull,
  precautionsStanding,
  referralsOf,
  sessionsOf,
  staff,
  type Step,
  type Town,
} from './dead-ends.moves.js';
import { CLINICS, diagnosedIn, LISTINGS, PRACTICE } from './dead-ends.people.js';
import { codesIn, firstTaken, given, MOST_DEEDS, type DeadEnd } from './dead-ends.staff.js';
import {
  CONSENTS,
  flagRaised,
  ordersFor,
  planContent,
  recordOf,
  standingDiagnosis,
  visitBooked,
} from './dead-ends.words.js';
import type { Move } from './dead-ends.world.js';

/** What is done next with an order; what comes later in a row, where what comes before is refused and nothing can be done about it. */
const ON: Readonly<Record<string, readonly string[]>> = {
  Draft: ['SendReferral'],
  Sent: ['ClaimReferral', 'AcceptReferral'],
  InTriage: ['AcceptReferral'],
  InfoRequested: ['SupplyInformation'],
  Declined: ['RedirectReferral', 'ReverseDecline'],
  OnHold: ['ResumeReferral'],
  CancelRequested: ['RefuseCancellation'],
  OutcomeReported: ['AcknowledgeOutcome'],
};

const ON_WITH_VISIT: Readonly<Record<string, readonly string[]>> = {
  Scheduled: ['CheckIn'],
  CheckedIn: ['StartSession'],
  InProgress: ['CompleteSession'],
  Performed: ['SignSession'],
};

/** An order that is too old, was placed too often, or is a draft on a record that was merged away, is written anew. */
const WRITTEN_ANEW: readonly string[] = [
  'REFERRAL_VALIDITY_OVER',
  'REFERRAL_TOO_MANY_LEGS',
  'PATIENT_MERGED',
];

const stepsOf = (town: Town, id: string, commands: readonly string[]): readonly Step[] => {
  const steps = everything(town).find((thing) => thing.id === id)?.steps ?? [];
  return commands.flatMap((type) => steps.filter(({ command }) => command.type === type));
};

const visitMoves = (town: Town, { id, recipient_organization_id: clinic }: ReferralRow): readonly Move[] => {
  const visits = sessionsOf(town, id);
  // Also one that another clinic entered late: until it is over, no outcome is reported.
  const open = visits.find(({ stage }) => ON_WITH_VISIT[stage] !== undefined);
  if (open === undefined) {
    if (visits.some((visit) => visit.stage === 'Signed' && visit.organization_id === clinic))
      return stepsOf(town, id, ['ReportOutcome']);
    return staff(town, 'therapist', clinic ?? '').flatMap((by) =>
      visitBooked(town.world, id, by.practitionerId).map((said) => given(town, 'session', by, said)),
    );
  }
  if (open.stage === 'CheckedIn' && open.pre_screen === null)
    return stepsOf(town, open.id, ['RecordPreScreen']);
  if (open.stage === 'InProgress' && open.interventions.length === 0)
    // What was done before there was a plan is told in the note.
    return stepsOf(town, open.id, ['RecordIntervention', 'CompleteSession']);
  return stepsOf(town, open.id, ON_WITH_VISIT[open.stage] ?? []);
};

const careMoves = (town: Town, row: ReferralRow): readonly Move[] => {
  const plan = currentPlanOf(town, row.id);
  if (row.revision_to_acknowledge) return stepsOf(town, row.id, ['AcknowledgeRevision']);
  if (plan === undefined)
    return staff(town, 'therapist', row.recipient_organization_id ?? '').map((by) =>
      given(town, 'plan', by, {
        type: 'DraftPlan',
        referralId: row.id,
        content: planContent(town.world),
      }),
    );
  if (plan.stage === 'Draft' || plan.stage === 'ChangesRequested')
    return stepsOf(town, plan.id, ['EstablishPlan']);
  return visitMoves(town, row);
};

const nextMoves = (town: Town, row: ReferralRow): readonly Move[] => {
  const commands = ON[row.stage];
  return commands === undefined ? careMoves(town, row) : stepsOf(town, row.id, commands);
};

type Remedy = (town: Town, row: ReferralRow) => readonly Move[];

const byPhysician = (town: Town, category: Move['category'], said: Readonly<Record<string, unknown>>) =>
  staff(town, 'physician', PRACTICE).map((by) => given(town, category, by, said));

const clearFlags: Remedy = (town) =>
  flagsStanding(town).flatMap(({ id }) => stepsOf(town, id, ['ClearFlag']));

const resolvePrecautions: Remedy = (town) =>
  precautionsStanding(town).flatMap(({ id }) => stepsOf(town, id, ['ResolvePrecaution']));

/** What is wrong with the patient is found again, and then named. */
const diagnosed = (town: Town, naming: readonly Move[]): readonly Move[] =>
  standingDiagnosis(town.world) === undefined
    ? byPhysician(town, 'diagnosis', diagnosedIn(recordOf(town.world)))
    : naming;

const nameInOrder: Remedy = (town, { id }) =>
  diagnosed(town, stepsOf(town, id, ['EditDraft', 'ReviseReferral']));

const nameInPlan: Remedy = (town, { id }) =>
  diagnosed(town, stepsOf(town, currentPlanOf(town, id)?.id ?? '', ['EditPlan']));

/** There, or somewhere else. */
const findRoom: Remedy = (town, { id }) => [
  ...LISTINGS.flatMap((listing, n) =>
    staff(town, 'coordinator', CLINICS[n]).map((by) => ({
      category: 'listing' as const,
      id: listing,
      by,
      command: { type: 'RecordCapacity', capacity: 'open' },
    })),
  ).filter(() => isFull(town)),
  // The last words with which a draft is changed name the other clinic.
  ...stepsOf(town, id, ['EditDraft']).toReversed(),
  ...stepsOf(town, id, ['DeclineReferral', 'RedirectReferral']),
];

/** What is done about a refusal, by code: by whoever can. */
const REMEDIES: Readonly<Record<string, Remedy>> = {
  [SHARING_CLOSED.code]: (town) => byPhysician(town, 'consent', CONSENTS.given(town.world)),
  PLAN_NO_DIAGNOSIS: nameInPlan,
  PLAN_TECHNIQUE_CONTRAINDICATED: resolvePrecautions,
  RED_FLAG_OPEN: clearFlags,
  REFERRAL_CONTRAINDICATED: resolvePrecautions,
  REFERRAL_DIAGNOSIS_INVALID: nameInOrder,
  REFERRAL_DUPLICATE: (town, { id, content }) =>
    staff(town, 'physician', PRACTICE).map((by) => ({
      category: 'referral',
      id,
      by,
      command: { type: 'EditDraft', content: { ...content, duplicateOverrideReason: 'Both are needed.' } },
    })),
  REFERRAL_FLAG_OPEN: clearFlags,
  REFERRAL_INCOMPLETE: nameInOrder,
  REFERRAL_RECIPIENT_UNFIT: findRoom,
  REFERRAL_SCREENING_POSITIVE: (town) =>
    byPhysician(
      town,
      'flag',
      flagRaised(town.world, 'F06', { settled: { rationale: 'Seen, and nothing found.' } }),
    ),
  SESSION_CONSENT_MISSING: (town, row) =>
    sessionsOf(town, row.id)
      .filter(({ stage }) => stage === 'CheckedIn')
      .flatMap(({ id }) => stepsOf(town, id, ['RecordPreScreen'])),
  SESSION_CONTRAINDICATED: resolvePrecautions,
  SESSION_RED_FLAG_BLOCK: clearFlags,
};

const HOUR_MS = 3_600_000;

/** The next deed of an order, or what has to be done before it. @returns nothing where it goes on */
export const goesOn = async (town: Town, row: ReferralRow): Promise<DeadEnd | 'anew' | undefined> => {
  const [wanted = [], ...insteads] = Map.groupBy(
    nextMoves(town, row),
    ({ command }) => command.type,
  ).values();
  const { taken, tried } = await firstTaken(town, wanted);
  if (taken !== undefined) return undefined;
  const codes = [...new Set(tried.flatMap(codesIn))];
  if (codes.some((code) => WRITTEN_ANEW.includes(code))) return 'anew';
  if (codes.includes('SESSION_OVERLAP')) {
    await town.world.passes(3 * HOUR_MS);
    return undefined;
  }
  for (const code of codes) {
    const remedy = REMEDIES[code];
    if (remedy !== undefined && (await firstTaken(town, remedy(town, row))).taken !== undefined)
      return undefined;
  }
  const instead = await firstTaken(town, insteads.flat());
  if (instead.taken !== undefined) return undefined;
  return { what: 'referral', stage: row.stage, tried: [...tried, ...instead.tried] };
};

/** @returns the id of the new order */
const writtenAnew = async (town: Town): Promise<string | undefined> => {
  const [content] = ordersFor(town.world);
  const drafts = byPhysician(town, 'referral', {
    type: 'DraftReferral',
    patientId: recordOf(town.world),
    content,
  });
  return (await firstTaken(town, drafts)).taken?.id;
};

/** An order is brought through care to its closed loop, from wherever it is. @returns where nobody could go on */
const careComesAbout = async (town: Town, id: string): Promise<DeadEnd | undefined> => {
  let order = id;
  for (let deeds = 0; deeds < MOST_DEEDS; deeds += 1) {
    const row = referralsOf(town).find((one) => one.id === order);
    if (row === undefined || !(row.open || row.stage === 'Draft') || isDead(town)) return undefined;
    const going = await goesOn(town, row);
    if (going === 'anew') order = (await writtenAnew(town)) ?? order;
    else if (going !== undefined) return going;
  }
  return { what: 'referral', stage: 'in a circle', tried: [] };
};

export const allCareComesAbout = async (town: Town): Promise<readonly DeadEnd[]> => {
  const found: DeadEnd[] = [];
  for (const { id } of referralsOf(town)) {
    const end = await careComesAbout(town, id);
    if (end !== undefined) found.push(end);
  }
  return found;
};
