/**
 * What people can do: of each thing that is open, the moves that its table has from there, for everybody there of the roles that the
 * table names. Whether they may, and whether it is taken, the door says.
 */
import { consentModel, type ConsentRow } from '@fascia/directory';
import type { Category, Role } from '@fascia/kernel';
import { planModel, type PlanRow } from '@fascia/plan';
import { TRANSITIONS as PLAN } from '@fascia/plan/contract';
import { legalMoves, referralModel, type ReferralRow } from '@fascia/referral';
import { TRANSITIONS as REFERRAL } from '@fascia/referral/contract';
import { flagModel, type FlagRow } from '@fascia/safety';
import { PRECAUTION_TRANSITIONS as PRECAUTION, TRANSITIONS as FLAG } from '@fascia/safety/contract';
import { sessionModel, type SessionRow } from '@fascia/session';
import { TRANSITIONS as SESSION } from '@fascia/session/contract';
import { taskModel, type TaskRow } from '@fascia/task';
import { TRANSITIONS as TASK } from '@fascia/task/contract';
import { PEOPLE, type Person } from './dead-ends.people.js';
import {
  CONSENT_WORDS,
  FLAG_WORDS,
  PLAN_WORDS,
  PRECAUTION_WORDS,
  REFERRAL_WORDS,
  SESSION_WORDS,
  TASK_WORDS,
  type WordsOf,
} from './dead-ends.words.js';
import type { CareWorld, Move } from './dead-ends.world.js';

/** The world and who is there: somebody whose employment ended is not. */
export interface Town {
  readonly world: CareWorld;
  readonly people: Person[];
}

export const townOf = (world: CareWorld): Town => ({ world, people: [...PEOPLE] });

export const staff = ({ people }: Town, role: Role, organizationId?: string): readonly Person[] =>
  people.filter(
    (one) => one.role === role && (organizationId === undefined || one.organizationId === organizationId),
  );

export interface Step extends Move {
  /** Where its table says that it leads; `same`, or where the state decides. */
  readonly to: string;
  readonly by: Person;
}

export interface Thing {
  readonly category: Category;
  readonly id: string;
  readonly stage: string;
  readonly steps: readonly Step[];
}

interface TableRow {
  readonly command: string;
  readonly from: readonly string[];
  readonly to: string;
  readonly who: readonly Role[];
}

interface Kind<R extends { readonly id: string }> {
  readonly category: Category;
  readonly table: readonly TableRow[];
  readonly words: WordsOf<string, R>;
  /** Where nothing more has to happen. */
  readonly ends: readonly string[];
  readonly rows: (world: CareWorld) => readonly R[];
  readonly stage: (row: R) => string;
  readonly legal?: (row: R) => readonly string[];
}

const REFERRALS: Kind<ReferralRow> = {
  category: 'referral',
  table: REFERRAL,
  words: REFERRAL_WORDS,
  ends: ['Closed', 'Withdrawn', 'Cancelled', 'Expired', 'Voided', 'Superseded', 'Discarded'],
  rows: ({ tables }) => tables.all(referralModel),
  stage: ({ stage }) => stage,
  legal: legalMoves,
};

const SESSIONS: Kind<SessionRow> = {
  category: 'session',
  table: SESSION,
  words: SESSION_WORDS,
  ends: ['Signed', 'NoShow', 'Cancelled', 'Stopped', 'Voided'],
  rows: ({ tables }) => tables.all(sessionModel),
  stage: ({ stage }) => stage,
};

const PLANS: Kind<PlanRow> = {
  category: 'plan',
  table: PLAN,
  words: PLAN_WORDS,
  ends: ['Completed', 'Discontinued'],
  rows: ({ tables }) => tables.all(planModel),
  stage: ({ stage }) => stage,
};

const FLAGS: Kind<FlagRow> = {
  category: 'flag',
  table: FLAG,
  words: FLAG_WORDS,
  ends: ['cleared'],
  rows: ({ tables }) => tables.all(flagModel),
  stage: ({ status }) => status,
};

interface PrecautionRow {
  readonly id: string;
  readonly status: string;
}

const PRECAUTIONS: Kind<PrecautionRow> = {
  category: 'precaution',
  table: PRECAUTION,
  words: PRECAUTION_WORDS,
  ends: ['dismissed', 'resolved'],
  rows: ({ tables }) => tables.all({ name: 'precaution' }),
  stage: ({ status }) => status,
};

const CONSENTS: Kind<ConsentRow> = {
  category: 'consent',
  // It has no table; its permissions name these roles.
  table: [
    {
      command: 'WithdrawConsent',
      from: ['granted', 'restricted'],
      to: 'withdrawn',
      who: ['physician', 'delegate', 'coordinator'],
    },
  ],
  words: CONSENT_WORDS,
  ends: ['withdrawn'],
  rows: ({ tables }) => tables.all(consentModel),
  stage: ({ kind }) => kind,
};

const TASKS: Kind<TaskRow> = {
  category: 'task',
  table: TASK,
  words: TASK_WORDS,
  ends: ['done', 'cancelled'],
  rows: ({ tables }) => tables.all(taskModel),
  stage: ({ status }) => status,
};

const thingsOf =
  <R extends { readonly id: string }>(kind: Kind<R>) =>
  ({ world, people }: Town): readonly Thing[] =>
    kind.rows(world).map((row) => {
      const { category, table, words, legal } = kind;
      const [{ id }, stage] = [row, kind.stage(row)];
      const steps = table
        .filter(({ command, from }) => from.includes(stage) && legal?.(row).includes(command) !== false)
        .flatMap(({ command, who, to }) =>
          people
            .filter(({ role }) => who.includes(role))
            .flatMap((by) =>
              (words[command]?.(row, world, by) ?? []).map((said): Step => ({
                category,
                id,
                by,
                to,
                command: { ...said, type: command },
              })),
            ),
        );
      return { category, id, stage, steps };
    });

const KINDS = [REFERRALS, SESSIONS, PLANS, FLAGS, PRECAUTIONS, CONSENTS, TASKS] as const;

const ALL = [
  thingsOf(REFERRALS),
  thingsOf(SESSIONS),
  thingsOf(PLANS),
  thingsOf(FLAGS),
  thingsOf(PRECAUTIONS),
  thingsOf(CONSENTS),
] as const;

export const everything = (town: Town): readonly Thing[] => ALL.flatMap((of) => of(town));

/** They end by the facts that they ask for; and whoever has one may say that it is done. */
export const tasks = thingsOf(TASKS);

const kindOf = (category: Category): Pick<Kind<never>, 'ends' | 'table' | 'words'> => {
  const kind = KINDS.find((one) => one.category === category);
  if (kind === undefined) throw new Error(`nobody follows a ${category}`);
  return kind;
};

export const isOver = ({ category, stage }: Thing): boolean => kindOf(category).ends.includes(stage);

/** It needs another order. */
const NOT_ALWAYS = ['SupersedeReferral'];

/** How many moves of people are left to an end. */
export const movesToEnd = (category: Category, stage: string): number => {
  const { ends, table: all, words } = kindOf(category);
  const table = all.filter(({ command }) => words[command] !== undefined && !NOT_ALWAYS.includes(command));
  let [reached, count] = [new Set<string>(ends), 0];
  while (!reached.has(stage)) {
    const before = table.filter(({ to }) => reached.has(to)).flatMap(({ from }) => from);
    const more = new Set([...reached, ...before]);
    if (more.size === reached.size) return Infinity;
    [reached, count] = [more, count + 1];
  }
  return count;
};

/** A safeguarding concern stands in nobody's way. */
export const flagsStanding = ({ world }: Town): readonly FlagRow[] =>
  FLAGS.rows(world).filter(({ status, restricted }) => status !== 'cleared' && !restricted);

export const referralsOf = ({ world }: Town): readonly ReferralRow[] => REFERRALS.rows(world);

export const sessionsOf = ({ world }: Town, referralId: string): readonly SessionRow[] =>
  SESSIONS.rows(world).filter(({ referral_id }) => referral_id === referralId);

export const plansOf = ({ world }: Town, referralId: string): readonly PlanRow[] =>
  PLANS.rows(world).filter(({ referral_id }) => referral_id === referralId);

export const currentPlanOf = (town: Town, referralId: string): PlanRow | undefined =>
  plansOf(town, referralId).find(({ current }) => current);

export const precautionsStanding = ({ world }: Town): readonly PrecautionRow[] =>
  PRECAUTIONS.rows(world).filter(({ status }) => status === 'confirmed');

interface ListingRow {
  readonly id: string;
  readonly capacity: string;
  readonly published: boolean;
}

const listings = ({ world }: Town): readonly ListingRow[] => world.tables.all({ name: 'listing' });

/** Whether a clinic takes no new patients. */
export const isFull = (town: Town): boolean =>
  listings(town).some(({ capacity, published }) => published && capacity === 'closed');

/** Whether one is listed no more. */
export const isWithdrawn = (town: Town): boolean => listings(town).some(({ published }) => !published);

export const isDead = ({ world }: Town): boolean =>
  world.events.some(({ type }) => type === 'PatientDeathRecorded');
