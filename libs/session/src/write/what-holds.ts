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

interface Care {
  readonly person: Person;
  readonly ordered: CareOrdered | undefined;
  readonly plan: PlanFact | undefined;
  readonly zone: Zone;
}

/** When the visit is, as it is booked; now once the patient is there. */
export const whatHolds = async (
  { command, state, at }: Request,
  { person, ordered, plan, zone }: Care,
  tools: FactTools,
): Promise<WhatHolds> => {
  const skin = state.stage === 'none' ? undefined : state.preScreen?.skinIntact;
  const { holds } = await contraindicationFacts(
    {
      person,
      at: 'start' in command && command.type !== 'CompleteSession' ? normalInstant(command.start) : at,
      said: [
        { catalogueIds: ordered?.precautions ?? [], at: ordered?.saidAt ?? at },
        { catalogueIds: plan?.precautionsConsidered ?? [], at: LONG_AGO },
        { catalogueIds: skin === false ? [BROKEN_SKIN] : [], at },
      ],
      onset: ordered?.onset,
      zone,
    },
    tools,
  );
  return holds;
};
