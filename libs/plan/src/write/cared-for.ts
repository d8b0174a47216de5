/** What of the catalogue of contraindications holds for a patient under an order and a plan: for plans, visits and who asks. */
import type { Zone } from '@fascia/clinical/calendar';
import type { WhatHolds } from '@fascia/clinical/contraindications';
import type { Person } from '@fascia/directory';
import type { Instant } from '@fascia/kernel';
import type { CareOrdered } from '@fascia/referral';
import { contraindicationFacts } from '@fascia/safety';
import type { FactTools } from '@fascia/write-door';

/** Weighed by who planned, not found by them: what was settled on the record stays settled. */
const LONG_AGO: Instant = '1970-01-01T00:00:00.000Z';

export interface Care {
  readonly person: Person;
  readonly ordered: CareOrdered | undefined;
  /** Rows that the plan weighed. */
  readonly considered: readonly string[];
  /** Found by a pre-screen, now. */
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
