/** What an order needs to know of diagnoses: of those that it names, and of those on file that nobody must treat. */
import { bouncesOnSight, hazardOf, type IcdSide } from '@fascia/clinical/icd10';
import { standingDiagnosesOf, type DiagnosisAggregate } from '@fascia/diagnosis';
import { ofAll, type Person } from '@fascia/directory';
import type { FactTools } from '@fascia/write-door';
import type { DiagnosisFact, HazardFact, PlaceFact } from '../domain/facts.js';

export interface DiagnosisPorts {
  readonly diagnoses: DiagnosisAggregate;
  /** The side that a code names: what was recorded before diagnoses kept it has none of its own. */
  readonly sideOf: (code: string) => IcdSide;
}

const NAMED: readonly IcdSide[] = ['left', 'right', 'bilateral'];

const placeOf = (
  site: { readonly region: string; readonly side?: string | undefined } | undefined,
  coded: IcdSide,
): PlaceFact => ({ region: site?.region, side: site?.side ?? (NAMED.includes(coded) ? coded : undefined) });

interface Named {
  readonly ids: readonly string[];
  /** Whose the order is; a diagnosis on another record of the person is theirs too. */
  readonly patientId: string;
  readonly person: Person;
}

export const diagnosisFacts = (
  { ids, patientId, person }: Named,
  tools: FactTools,
  { diagnoses, sideOf }: DiagnosisPorts,
): Promise<readonly DiagnosisFact[]> =>
  Promise.all(
    ids.map(async (diagnosisId) => {
      const { state } = await tools.load(diagnoses, diagnosisId);
      const code = state?.finding.icd10?.code ?? '';
      const usable = state !== undefined && code !== '' && !state.resolved && state.movedTo === undefined;
      const isTheirs = person.ids.some((one) => one === state?.patientId);
      return {
        diagnosisId,
        patientId: isTheirs ? patientId : (state?.patientId ?? ''),
        code,
        verification: usable ? state.verification : 'none',
        bounces: bouncesOnSight(code),
        place: placeOf(state?.finding.site, code === '' ? 'none' : sideOf(code)),
      };
    }),
  );

export const hazardFacts = async (person: Person, tools: FactTools): Promise<readonly HazardFact[]> =>
  (await ofAll(person, standingDiagnosesOf, tools)).flatMap(({ id, code, region, side }) => {
    const hazard = code === null ? undefined : hazardOf(code);
    return code === null || hazard === undefined
      ? []
      : [
          {
            diagnosisId: id,
            code,
            scope: hazard.scope,
            place: { region: region ?? undefined, side: side ?? undefined },
          },
        ];
  });
