/** What is done in a session, held against the plan in force. */
import { isTechnique, siteFault, type BodySite, type Timing } from '@fascia/clinical';
import { happened } from '@fascia/kernel';
import type { SessionCommandOf } from '../contract/commands.js';
import { deviationsFrom } from '../contract/deviations.js';
import type { Deviation } from '../contract/events.js';
import { refuse, type SessionRefusal } from '../contract/refusals.js';
import { interventionIsAllowed, rowsAgainst } from './contraindications.js';
import type { Answer, Context } from './facts.js';
import type { ExistingSession, Visit } from './session.js';
import { hasPlan, noEmergency, nothingForbidsHere, nprsFault } from './session.policies.js';

type Recording = SessionCommandOf<'RecordIntervention'>;

const siteOf = ({ region, side }: Recording): BodySite =>
  side === undefined ? { region } : { region, side };

const OUTSIDE = {
  technique: { code: 'SESSION_TECHNIQUE_NOT_IN_PLAN', what: 'technique', pointer: '/technique' },
  site: { code: 'SESSION_SITE_NOT_IN_PLAN', what: 'place', pointer: '/region' },
} as const;

/** One exception of each sort in a session, with its reason; what is meant to go on belongs in the plan. */
const deviationRefusal = (
  deviation: Deviation,
  command: Recording,
  visit: Visit,
): SessionRefusal | undefined => {
  const { code, what, pointer } = OUTSIDE[deviation];
  if (visit.interventions.some((earlier) => earlier.deviations.includes(deviation))) {
    return {
      code,
      detail: `A second ${what} outside the plan in one session: change the plan first.`,
      pointer,
    };
  }
  return command.deviationReason === undefined
    ? {
        code,
        detail: `The plan does not name this ${what}: say why it was used all the same (deviationReason), or change the plan.`,
        pointer,
      }
    : undefined;
};

const fault = (command: Recording): SessionRefusal | undefined => {
  if (!isTechnique(command.technique)) {
    return {
      code: 'SESSION_TECHNIQUE_UNKNOWN',
      detail: 'Use a code of the technique catalogue.',
      pointer: '/technique',
    };
  }
  if (command.region === 'widespread') {
    return { code: 'SESSION_SITE_INVALID', detail: 'Name the region that was worked.', pointer: '/region' };
  }
  if (siteFault(siteOf(command)) !== undefined) {
    return {
      code: 'SESSION_SITE_INVALID',
      detail: 'This region needs its side, or has no such side.',
      pointer: '/side',
    };
  }
  if (!Number.isInteger(command.minutes) || command.minutes < 0) {
    return {
      code: 'SESSION_MINUTES_MISMATCH',
      detail: 'Minutes are whole and not negative.',
      pointer: '/minutes',
    };
  }
  return nprsFault(command.nprsDuring, '/nprsDuring');
};

/** Whether minutes count in units is the table's to say: what is said beside the code may only agree. */
const codeFault = ({ timed }: Recording, timing: Timing | undefined): SessionRefusal | undefined => {
  if (timing === undefined) {
    return {
      code: 'SESSION_CODE_UNKNOWN',
      detail: 'The table of service codes has no such code.',
      pointer: '/cpt',
    };
  }
  return timed === undefined || timed === (timing === 'timed')
    ? undefined
    : {
        code: 'SESSION_CODE_TIMING',
        detail: `This code is ${timing}: leave "timed" out, or choose another code.`,
        pointer: '/timed',
        about: { timing },
      };
};

export const recordIntervention = (
  command: Recording,
  state: ExistingSession,
  { id, facts }: Context,
): Answer => {
  const { plan } = facts;
  const timing = facts.timings.get(command.cpt);
  const refusal =
    noEmergency(state, id, facts) ??
    hasPlan(facts) ??
    fault(command) ??
    codeFault(command, timing) ??
    nothingForbidsHere(state, id, facts, siteOf(command));
  if (refusal !== undefined) return { ok: false, refusal };
  if (plan === undefined)
    return refuse('SESSION_NO_PLAN', 'Treatment needs an established plan: establish it first.');
  const { type: _type, doneDespite, ...recorded } = command;
  const forbidden = interventionIsAllowed(command, facts);
  // Refused before it is done; what was done all the same is told, with the reason.
  if (forbidden !== undefined && doneDespite === undefined) return { ok: false, refusal: forbidden };
  const deviations = deviationsFrom(plan, command.technique, siteOf(command));
  const unexplained = deviations
    .map((deviation) => deviationRefusal(deviation, command, state))
    .find((answer) => answer !== undefined);
  if (unexplained !== undefined) return { ok: false, refusal: unexplained };
  const { planId, planVersion } = plan;
  const seq = state.interventions.length + 1;
  return happened(
    ...(forbidden === undefined || doneDespite === undefined
      ? []
      : [
          {
            type: 'ContraindicatedCareRecorded' as const,
            data: { seq, catalogueIds: [...rowsAgainst(command, facts)], reason: doneDespite },
          },
        ]),
    {
      type: 'InterventionRecorded' as const,
      data: {
        ...recorded,
        timed: timing === 'timed',
        seq,
        planId,
        planVersion,
        deviations: [...deviations],
      },
    },
  );
};
