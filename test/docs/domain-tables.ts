/** Tables of docs/domain, made from what the code looks up; each stands where a page names it. */
import {
  DEFAULT_THRESHOLDS,
  DEFAULT_VITAL_LIMITS,
  PAYER_PROFILES,
  payerProfile,
  RED_FLAGS,
  REGIONS,
  ROM_NORMALS,
  sidesOf,
  TECHNIQUES,
  TIMINGS,
  type RomNormal,
  type Threshold,
} from '@fascia/clinical';
import { loadServiceCodes } from '@fascia/clinical/billing-files';
import { CONTRAINDICATIONS, isClearable, type Contraindication } from '@fascia/clinical/contraindications';
import { DEFAULT_TIMES } from '@fascia/coordination';
import { SPANS } from '@fascia/deadline';
import { DECLINE_REASONS, GOAL_CATEGORIES, OUTCOME_KINDS, PRIORITIES } from '@fascia/referral';
import { BOUNCING_CODES, MODIFIER_CODES } from '../../libs/clinical/src/icd10/hazards.js';
import { DEADLINE_ROWS, type Rung } from '../../libs/coordination/src/processes/deadline-rows.js';
import { TASK_ROWS } from '../../libs/coordination/src/processes/task-rows.js';
import { DEFAULT_PROFILE } from '../../libs/referral/src/domain/facts.js';

type Cell = string | number | readonly string[] | undefined;

const textOf = (cell: Cell): string => (typeof cell === 'object' ? cell.join(', ') : String(cell ?? ''));

const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(textOf).join(' | ')} |`).join('\n');

const thresholdRow = ({
  instrument,
  scale,
  direction,
  meaningful,
  mdc,
  when = {},
  source,
  weak,
}: Threshold) => [
  instrument,
  scale,
  direction === 'up' ? 'higher' : 'lower',
  Object.entries(when).map(([name, value]) => `${name} ${value}`),
  meaningful,
  mdc,
  weak === true ? `${source} (weak)` : source,
];

const leftOut = ({ without = [], tissues, maxPressureGrade }: Contraindication['rules'][number]) => [
  ...without.map((code) => (tissues === undefined ? code : `${code} on ${tissues.join(' and ')}`)),
  ...(maxPressureGrade === undefined ? [] : [`grade ${String(maxPressureGrade)}`]),
];

const normalRow = (joint: string, motion: string, { aaos: [low, high], ama, unconfirmed }: RomNormal) => [
  joint,
  motion,
  low === high ? low : `${String(low)} to ${String(high)}`,
  ama,
  unconfirmed === true ? 'unconfirmed' : '',
];

const normals: readonly (readonly Cell[])[] = Object.entries(ROM_NORMALS).flatMap(([joint, motions]) =>
  Object.entries<RomNormal>(motions).map(([motion, normal]) => normalRow(joint, motion, normal)),
);

const payers = PAYER_PROFILES.map((name) => {
  const { version, performers, certification, planMaxDays, unitMethod } = payerProfile(name);
  const certified =
    certification &&
    `due after ${String(certification.initialDueDays)} days, for ${String(certification.periodMaxDays)} at most, by ${certification.certifiers.join(', ')}`;
  return [name, version, performers, certified, planMaxDays, unitMethod];
});

const codes: readonly (readonly [string, readonly string[]])[] = [
  ['priority', PRIORITIES],
  ['category of a goal', GOAL_CATEGORIES],
  ['reason to decline', DECLINE_REASONS],
  ['kind of outcome', OUTCOME_KINDS],
];

export const DOMAIN_TABLES: Readonly<Record<string, () => string>> = {
  'referral codes': () => table(['Of', 'Codes'], codes),
  'referral defaults': () => table(['Setting', 'Default'], Object.entries(DEFAULT_PROFILE)),
  payers: () =>
    table(['Profile', 'Version', 'Performers', 'Certification', 'Plan at most, days', 'Units'], payers),
  'red flags': () =>
    table(
      ['Row', 'Pattern', 'Urgency', 'Effects'],
      RED_FLAGS.map(({ id, key, urgency, effects, ...more }) => [
        id,
        key,
        'escalation' in more ? `${urgency}; ${more.escalation.urgency} at ${more.escalation.when}` : urgency,
        effects,
      ]),
    ),
  'vital limits': () => table(['Value', 'Limit'], Object.entries(DEFAULT_VITAL_LIMITS)),
  'bouncing codes': () =>
    table(
      ['Prefix', 'Hazard', 'Scope'],
      BOUNCING_CODES.map(({ prefix, hazard, scope }) => [prefix, hazard, scope]),
    ),
  'modifier codes': () =>
    table(
      ['Prefix', 'Meaning', 'Precaution'],
      MODIFIER_CODES.map(({ prefix, meaning, precaution }) => [prefix, meaning, precaution]),
    ),
  contraindications: () =>
    table(
      ['Row', 'Condition', 'Scope', 'Effect', 'Left out, and how hard at most', 'Cleared by a physician'],
      CONTRAINDICATIONS.map((row: Contraindication) => [
        row.id,
        row.words,
        row.scope,
        [...new Set(row.rules.map(({ effect }) => effect))],
        row.rules.flatMap(leftOut),
        isClearable(row.id) ? 'yes' : '',
      ]),
    ),
  thresholds: () =>
    table(
      ['Instrument', 'Scale', 'Better', 'When', 'Meaningful', 'MDC', 'Source'],
      DEFAULT_THRESHOLDS.rows.map(thresholdRow),
    ),
  normals: () => table(['Joint', 'Motion', 'AAOS', 'AMA at least', ''], normals),
  regions: () =>
    table(
      ['Region', 'Sides'],
      REGIONS.map((region) => [region, sidesOf(region)]),
    ),
  techniques: () =>
    table(
      ['Code', 'Technique', 'Tissues', 'Dose', 'Billed as'],
      TECHNIQUES.map(({ code, name, tissues, dose, cpt }) => [code, name, tissues, dose, cpt]),
    ),
  'service codes': () =>
    table(
      ['Counts', 'Codes'],
      [
        ['version', loadServiceCodes().version],
        ...TIMINGS.map((timing) => [timing, loadServiceCodes().of(timing)]),
      ],
    ),
  'deadline spans': () =>
    table(
      ['Deadline', 'stat', 'asap', 'urgent', 'routine'],
      Object.entries(SPANS).map(([name, { stat, asap, urgent, routine }]) => [
        name,
        ...[stat, asap, urgent, routine].map(({ amount, unit }) => `${String(amount)} ${unit}`),
      ]),
    ),
  deadlines: () =>
    table(
      ['Deadline', 'Whose', 'Starts on', 'Met by', 'Called off by', 'Stands still from', 'To'],
      DEADLINE_ROWS.map(({ deadline, side, startsOn, metBy, calledOffBy, pausesOn, resumesOn }) => [
        deadline,
        side,
        startsOn,
        metBy,
        calledOffBy,
        pausesOn,
        resumesOn,
      ]),
    ),
  'missed deadlines': () =>
    table(
      ['Deadline', 'Then', 'Told at once', 'After as long again', 'When that cannot be done yet'],
      DEADLINE_ROWS.map(({ deadline, then, tells = {} }) => [
        deadline,
        then?.type,
        ...(['atOnce', 'later', 'refused'] satisfies Rung[]).map((rung) =>
          tells[rung]?.map(({ side, roles }) => `${side}: ${roles.join(', ')}`),
        ),
      ]),
    ),
  'task hours': () =>
    table(
      ['Task', 'Hours'],
      Object.entries(DEFAULT_TIMES.taskHours).map(([task, hours]) => [task, hours]),
    ),
  'care tasks': () =>
    table(
      ['Task', 'Asked of', 'Opens on', 'Done by', 'Called off by', 'Due by'],
      TASK_ROWS.map(({ task, asks, roles, opensOn, opensAt, doneBy, cancelledBy, dueBy }) => [
        task,
        `${asks}: ${roles.join(', ')}`,
        [...opensOn, ...(opensAt === undefined ? [] : [opensAt])],
        doneBy,
        cancelledBy,
        dueBy,
      ]),
    ),
};
