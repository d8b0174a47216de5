/** Whether treatment can begin, told before anybody presses: in the words in which it would be refused. */
import { isRedFlagId, preventsStart } from '@fascia/clinical';
import type { SESSION_REFUSALS } from '@fascia/session/contract';
import type { Answer } from '../api/questions.js';
import type { PlanInForce, Visit } from './rows.js';

type Flag = Pick<Answer<'listFlags'>, 'catalogueId' | 'status' | 'sessionId'>;

export type StartRefused = Extract<
  keyof typeof SESSION_REFUSALS,
  'SESSION_RED_FLAG_BLOCK' | 'SESSION_CONSENT_MISSING' | 'SESSION_NO_PLAN'
>;

/** Flags of the patient that stand, and what was found today and nobody has cleared since. */
const standing = ({ id, preScreen }: Pick<Visit, 'id' | 'preScreen'>, flags: readonly Flag[]) => [
  ...flags.filter(({ status }) => status !== 'cleared').map(({ catalogueId }) => catalogueId),
  ...(preScreen?.flags ?? []).filter(
    (found) =>
      !flags.some((flag) => flag.status === 'cleared' && flag.sessionId === id && flag.catalogueId === found),
  ),
];

export const startRefusedOf = (
  visit: Pick<Visit, 'id' | 'kind' | 'preScreen'>,
  flags: readonly Flag[],
  plan: PlanInForce | undefined,
): readonly StartRefused[] => {
  const preventing = standing(visit, flags).some((found) => isRedFlagId(found) && preventsStart(found));
  const checks: readonly (readonly [StartRefused, boolean])[] = [
    ['SESSION_RED_FLAG_BLOCK', preventing],
    ['SESSION_CONSENT_MISSING', visit.preScreen?.consentVerbal === false],
    // An evaluation comes before its plan.
    ['SESSION_NO_PLAN', plan === undefined && visit.kind !== 'evaluation'],
  ];
  return checks.filter(([, stands]) => stands).map(([code]) => code);
};
