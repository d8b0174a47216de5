/** What of the catalogue of contraindications holds for the patient of a visit. */
import { normalInstant, type Zone } from '@fascia/clinical/calendar';
import type { WhatHolds } from '@fascia/clinical/contraindications';
import type { Person } from '@fascia/directory';
import type { Instant } from '@fascia/kernel';
import type { CareOrdered } from '@fascia/referral';
import { contraindicationFacts } from '@fascia/safety';
import type { FactRequest, FactTools } from '@fascia/write-door';
import type { SessionCommand } from '../contract/commands.js';
import type { PlanFact } from '../domain/facts.js';
import type { SessionState } from '../domain/session.js';

type Request = FactRequest<SessionState, SessionCommand>;

/** Weighed by who planned, not found by them: what was settled on the record stays settled. */
const LONG_AGO: Instant = '1970-01-01T00:00:00.000Z';

/** C03, wherever it is: somebody says where (docs/domain/safety.md#where-it-decides). */
const BROKEN_SKIN = 'C03';

export interface Care {
  readonly person: Person;
  readonly ordered: CareOrdered | undefined;
  /** Rows that the plan weighed. */
  readonly considered: readonly string[];
  /** Found by the pre-screen, now. */
  readonly found?: readonly string[];
  readonly zone: Zone;
  readonly now: Instant;
  /** Of the work. */
  readonly at: Instant;
}

export const caredFor = async (
  { person, ordered, considered, found = [], zone, now, at }: Care,
  tools: FactTools,
): Promise<WhatHolds> => {
  const { holds } = await contraindicationFacts(
    {
      person,
      at,
      said: [
        { catalogueIds: ordered?.precautions ?? [], at: ordered?.saidAt ?? now },
        { catalogueIds: considered, at: LONG_AGO },
        { catalogueIds: found, at: now },
      ],
      onset: ordered?.onset,
      zone,
    },
    tools,
  );
  return holds;
};

/** When the visit is, as it is booked; now once the patient is there. */
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
      at: 'start' in command && command.type !== 'CompleteSession' ? normalInstant(command.start) : now,
    },
    tools,
  );
};
