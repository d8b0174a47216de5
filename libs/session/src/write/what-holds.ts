/** What of the catalogue of contraindications holds for the patient of a visit. */
import { normalInstant } from '@fascia/clinical/calendar';
import type { WhatHolds } from '@fascia/clinical/contraindications';
import type { Instant } from '@fascia/kernel';
import { caredFor, type Care } from '@fascia/plan';
import type { FactRequest, FactTools } from '@fascia/write-door';
import type { SessionCommand } from '../contract/commands.js';
import type { PlanFact } from '../domain/facts.js';
import type { SessionState } from '../domain/session.js';

type Request = FactRequest<SessionState, SessionCommand>;

const whenIn = (command: SessionCommand, state: SessionState): Instant | undefined => {
  if (state.stage !== 'none' && state.enteredLate) return state.start;
  return 'start' in command && command.type !== 'CompleteSession' ? normalInstant(command.start) : undefined;
};

/** C03, wherever it is: somebody says where (docs/domain/safety.md#where-it-decides). */
const BROKEN_SKIN = 'C03';

/** When the visit is, as it is booked; now once the patient is there, unless that was long ago. */
export const whatHolds = (
  { command, state, at: now }: Request,
  { plan, ...care }: Pick<Care, 'person' | 'ordered' | 'zone'> & { readonly plan: PlanFact | undefined },
  tools: FactTools,
): Promise<WhatHolds> => {
  const skin = state.stage === 'none' ? undefined : state.preScreen?.skinIntact;
  return caredFor(
    {
      ...care,
      considered: plan?.precautionsConsidered ?? [],
      found: skin === false ? [BROKEN_SKIN] : [],
      now,
      at: whenIn(command, state) ?? now,
    },
    tools,
  );
};
