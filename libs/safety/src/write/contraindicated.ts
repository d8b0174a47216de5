/** Gathers what of the catalogue holds for a person, over all records of theirs: what every guard that treats somebody asks. */
import { dayOf, type Zone } from '@fascia/clinical/calendar';
import type { WhatHolds } from '@fascia/clinical/contraindications';
import { standingDiagnosesOf } from '@fascia/diagnosis';
import { ofAllPerhaps, type Person } from '@fascia/directory';
import type { Instant } from '@fascia/kernel';
import type { FactTools } from '@fascia/write-door';
import {
  contraindicatedBy,
  statedByDiagnosis,
  unsettledOf,
  type PrecautionFact,
  type Statement,
} from '../domain/contraindicated.js';
import { precautionsOf } from '../read/lookups.js';

/** What an order, a plan or a pre-screen says of a patient. */
export interface CareSaid {
  /** Rows of the catalogue. */
  readonly catalogueIds: readonly string[];
  readonly at: Instant;
}

export interface ContraindicationFacts {
  readonly holds: WhatHolds;
  /** Proposed, and looked at by nobody. */
  readonly unsettled: readonly { readonly precautionId: string; readonly catalogueId: string }[];
}

export interface Circumstance {
  readonly person: Pick<Person, 'ids' | 'unassigned'>;
  /** When the work is done. */
  readonly at: Instant;
  readonly said: readonly CareSaid[];
  /** That an order names (FHIR date, or `unknown`): for what names no beginning of its own. */
  readonly onset?: string | undefined;
  readonly zone: Zone;
}

export const contraindicationFacts = async (
  { person, at, said, onset, zone }: Circumstance,
  tools: Pick<FactTools, 'lookup'>,
): Promise<ContraindicationFacts> => {
  const [rows, diagnoses] = await Promise.all([
    ofAllPerhaps(person, 'precaution', precautionsOf, tools),
    ofAllPerhaps(person, 'diagnosis', standingDiagnosesOf, tools),
  ]);
  const precautions = rows.map((row): PrecautionFact => ({
    precautionId: row.id,
    catalogueId: row.catalogue_id,
    status: row.status,
    ended: row.ended,
    // A person dismisses with a reason: what its source alone ended takes nothing from what an order or a diagnosis says.
    settledAt: row.status === 'dismissed' && row.reason === null ? null : row.settled_at,
    site: row.site,
    since: row.since ?? row.source_since,
    beganAt: row.began_at,
    details: row.details,
    clearance: row.clearance,
  }));
  const statements: readonly Statement[] = [
    ...said.flatMap(({ catalogueIds, at: statedAt }) =>
      catalogueIds.map((catalogueId) => ({ catalogueId, since: onset, statedAt })),
    ),
    ...diagnoses.flatMap((row) => statedByDiagnosis({ ...row, recordedAt: row.recorded_at }, onset)),
  ];
  return {
    holds: { facts: contraindicatedBy(precautions, statements, zone), at, day: dayOf(at, zone) },
    unsettled: unsettledOf(precautions).map(({ precautionId, catalogueId }) => ({
      precautionId,
      catalogueId,
    })),
  };
};
