/** What the catalogue of contraindications says to a visit and to each intervention (docs/domain/safety.md#where-it-decides). */
import { siteKey, type BodySite } from '@fascia/clinical';
import { codesOf, judge, saidOf } from '@fascia/clinical/contraindications';
import type { SessionCommandOf } from '../contract/commands.js';
import type { SessionKind } from '../contract/events.js';
import type { SessionRefusal } from '../contract/refusals.js';
import type { SessionFacts } from './facts.js';

type Recording = SessionCommandOf<'RecordIntervention'>;

/** Who evaluates lays no hand on a tissue; where an evaluation ends in treatment, each intervention is judged. */
const IS_TREATMENT: Readonly<Record<SessionKind, boolean>> = {
  evaluation: false,
  treatment: true,
  reevaluation: false,
  discharge: false,
};

/** A visit for treatment has something that may be treated, at the time of the visit. */
export const somethingMayBeTreated = (
  kind: SessionKind,
  { referral, holds }: Pick<SessionFacts, 'referral' | 'holds'>,
): SessionRefusal | undefined => {
  if (!IS_TREATMENT[kind] || referral === undefined || referral.sites.length === 0) return undefined;
  const judged = judge({ ...holds, sites: referral.sites });
  const [first] = judged;
  const closing = first?.findings.find(({ effect }) => effect !== 'MOD');
  if (first === undefined || closing === undefined) return undefined;
  return judged.some(({ allowedTechniques }) => allowedTechniques.length > 0)
    ? undefined
    : { code: 'SESSION_CONTRAINDICATED', detail: saidOf(closing), about: codesOf(closing, first.site) };
};

const siteOf = ({ region, side }: Recording): BodySite => ({ region, side });

/** What stands against an intervention: the first thing that people are told. */
export const interventionIsAllowed = (
  command: Recording,
  { holds }: Pick<SessionFacts, 'holds'>,
): SessionRefusal | undefined => {
  const { technique, tissue, pressureGrade } = command;
  for (const judged of judge({ ...holds, sites: [siteOf(command)], tissues: [tissue] })) {
    const { site, findings, allowedTechniques, maxPressureGrade } = judged;
    const closing = findings.find(({ techniques }) => techniques.some((code) => code === technique));
    if (closing !== undefined) {
      const about = { ...codesOf(closing, site), technique };
      const detail = saidOf(closing);
      if (closing.whole && closing.effect !== 'MOD')
        return { code: 'SESSION_CONTRAINDICATED', detail, about };
      return allowedTechniques.length === 0
        ? { code: 'SESSION_CONTRAINDICATED_SITE', detail, pointer: '/region', about }
        : { code: 'SESSION_TECHNIQUE_CONTRAINDICATED', detail, pointer: '/technique', about };
    }
    const softest = findings.find((finding) => finding.maxPressureGrade === maxPressureGrade);
    if (pressureGrade > maxPressureGrade && softest !== undefined)
      return {
        code: 'SESSION_PRESSURE_CONTRAINDICATED',
        detail: `At ${siteKey(site)} no harder than grade ${String(maxPressureGrade)}. ${saidOf(softest)}`,
        pointer: '/pressureGrade',
        about: { ...codesOf(softest, site), maxPressureGrade },
      };
  }
  return undefined;
};

/** The rows that an intervention was done against. */
export const rowsAgainst = (
  { technique, tissue, pressureGrade, ...command }: Recording,
  { holds }: Pick<SessionFacts, 'holds'>,
): readonly string[] => {
  const { region, side } = command;
  const judged = judge({ ...holds, sites: [{ region, side }], tissues: [tissue] });
  const against = judged
    .flatMap(({ findings }) => findings)
    .filter(
      ({ techniques, maxPressureGrade = pressureGrade }) =>
        techniques.some((code) => code === technique) || pressureGrade > maxPressureGrade,
    );
  return [...new Set(against.map(({ catalogueId }) => catalogueId))];
};
