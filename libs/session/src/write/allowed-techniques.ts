/** What may be done to a patient at a place now, with the reason for what may not: the same that a visit there would be told. */
import { siteFault, type BodySite, type Region, type Side } from '@fascia/clinical';
import { judge, type SiteJudgement } from '@fascia/clinical/contraindications';
import { careTeamOfAll, personOf, zoneOf, type Person } from '@fascia/directory';
import { relationsOf, type Actor, type Clock } from '@fascia/kernel';
import { caredFor, currentPlanOf, planInForce } from '@fascia/plan';
import type { NotingDesk } from '@fascia/read-store';
import { underCare, type CareOrdered } from '@fascia/referral';
import type { FactTools } from '@fascia/write-door';

export interface TechniquesAsked {
  readonly region: Region;
  readonly side?: Side | undefined;
  /** Then what the order and its plan say counts as well. */
  readonly referralId?: string | undefined;
}

export interface AllowedTechniquesAnswer {
  readonly patientId: string;
  /** When it was judged. */
  readonly at: string;
  readonly sites: readonly SiteJudgement[];
}

/** @returns nothing for a patient who is not there, or whose precautions, or whose referral, are not the caller's to see */
export type AllowedTechniques = (
  desk: NotingDesk,
  by: Actor,
  patientId: string,
  asked: TechniquesAsked,
) => Promise<AllowedTechniquesAnswer | undefined>;

export interface AllowedTechniquesParts {
  readonly tools: FactTools;
  readonly clock: Clock;
}

/** Where no side is named, either. */
const siteOf = ({ region, side }: TechniquesAsked): BodySite =>
  siteFault({ region, side }) === 'side-missing' ? { region, side: 'bilateral' } : { region, side };

/** An order of this person, on a side of which the caller is. */
const isOfBoth = (ordered: CareOrdered | undefined, { ids }: Person, by: Actor): boolean =>
  ordered !== undefined &&
  ids.includes(ordered.patientId) &&
  [ordered.referrerOrganizationId, ordered.organizationId].includes(by.organizationId);

export const makeAllowedTechniques =
  ({ tools, clock }: AllowedTechniquesParts): AllowedTechniques =>
  async (desk, by, patientId, asked) => {
    const person = await personOf(patientId, tools);
    const relations = relationsOf(by, await careTeamOfAll(person, tools));
    const decision = desk.policy.decide({ role: by.role, relations, action: 'Read', resource: 'precaution' });
    if (!person.record.exists || !decision.allowed) return undefined;
    const { referralId } = asked;
    const ordered = referralId === undefined ? undefined : await tools.view(underCare, referralId);
    if (referralId !== undefined && !isOfBoth(ordered, person, by)) return undefined;
    desk.disclose(by, 'allowed-techniques', decision.policy, [patientId]);
    const planRow = referralId === undefined ? undefined : await tools.lookup(currentPlanOf(referralId));
    const plan = planRow && (await tools.view(planInForce, planRow.id));
    const at = clock.now().toISOString();
    const holds = await caredFor(
      {
        person,
        ordered,
        considered: plan?.content.precautionsConsidered ?? [],
        zone: await zoneOf(by.organizationId, tools),
        now: at,
        at,
      },
      tools,
    );
    return { patientId, at, sites: judge({ ...holds, sites: [siteOf(asked)] }) };
  };
