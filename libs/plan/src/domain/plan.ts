/** A plan's state and what each event does to it. Past events are never judged here. */
import type { BodySite, PayerProfileName } from '@fascia/clinical';
import type { CalendarDate, Fact } from '@fascia/kernel';
import type { CompleteContent, PlanContent, PlanSite } from '../contract/content.js';
import type { PlanEvent } from '../contract/events.js';
import type { PlanStage } from '../contract/lifecycle.js';

export interface PlanBase {
  readonly referralId: string;
  readonly patientId: string;
  readonly organizationId: string;
  readonly referrerOrganizationId: string;
  readonly payerProfile: PayerProfileName;
  /** As last edited; what is in force is in `inForce`. */
  readonly content: PlanContent;
}

/** The version that was signed last. */
export interface SignedPlan {
  readonly planVersion: number;
  readonly content: CompleteContent;
  readonly needsCertification: boolean;
}

export interface Certification {
  readonly from: CalendarDate;
  readonly until: CalendarDate;
}

export interface EstablishedPlan extends PlanBase {
  readonly inForce: SignedPlan;
  /** The referrer's answer to this version. */
  readonly agreed: boolean;
  readonly certification?: Certification | undefined;
}

export type PlanState =
  | { readonly stage: 'none' }
  | ({ readonly stage: 'Draft' | 'Discontinued' } & PlanBase)
  | ({
      readonly stage: 'Established' | 'Submitted' | 'ChangesRequested' | 'Certified' | 'Completed';
    } & EstablishedPlan);

export const stageOf = (state: PlanState): PlanStage => state.stage;

export type PlanUnderWay = Extract<PlanState, { readonly inForce: SignedPlan }>;

export const bodySiteOf = ({ region, side }: PlanSite): BodySite =>
  side === undefined ? { region } : { region, side };

const baseOf = ({
  referralId,
  patientId,
  organizationId,
  referrerOrganizationId,
  payerProfile,
  content,
}: PlanBase): PlanBase => ({
  referralId,
  patientId,
  organizationId,
  referrerOrganizationId,
  payerProfile,
  content,
});

const established = (
  state: PlanBase,
  { data }: Extract<Fact<PlanEvent>, { type: 'PlanEstablished' }>,
): PlanUnderWay => {
  const { planVersion, content, payerProfile, needsCertification } = data;
  return {
    ...baseOf(state),
    payerProfile,
    content,
    stage: 'Established',
    inForce: { planVersion, content, needsCertification },
    agreed: false,
  };
};

export const evolve = (state: PlanState, fact: Fact<PlanEvent>): PlanState => {
  if (fact.type === 'PlanDrafted') return { stage: 'Draft', ...fact.data };
  if (state.stage === 'none') return state;
  switch (fact.type) {
    case 'PlanEdited':
      return { ...state, content: fact.data.content };
    case 'PlanEstablished':
      return established(state, fact);
    case 'PlanDiscontinued':
      return { ...baseOf(state), stage: 'Discontinued' };
    default:
      return 'inForce' in state ? evolveEstablished(state, fact) : state;
  }
};

type LaterFact = Extract<
  Fact<PlanEvent>,
  { type: 'PlanSubmitted' | 'PlanReviewed' | 'PlanChangesRequested' | 'PlanCertified' | 'PlanCompleted' }
>;

const evolveEstablished = (state: PlanUnderWay, fact: LaterFact): PlanUnderWay => {
  switch (fact.type) {
    case 'PlanSubmitted':
      return { ...state, stage: 'Submitted' };
    case 'PlanReviewed':
      return { ...state, agreed: fact.data.agree };
    case 'PlanChangesRequested':
      return { ...state, stage: 'ChangesRequested' };
    case 'PlanCertified':
      return {
        ...state,
        stage: 'Certified',
        certification: { from: fact.data.from, until: fact.data.until },
      };
    case 'PlanCompleted':
      return { ...state, stage: 'Completed' };
  }
};
