/** Commands as the decider takes them: the HTTP body plus its type. */
import type { CalendarDate } from '@fascia/kernel';
import type { PlanContent } from '../contract/content.js';
import type { SUBMIT_CHANNELS } from '../contract/events.js';
import type { PlanCommandType } from '../contract/plan-transitions.js';

interface Bodies {
  DraftPlan: { referralId: string; content: PlanContent };
  EditPlan: { content: PlanContent };
  EstablishPlan: object;
  SubmitPlan: { channel: (typeof SUBMIT_CHANNELS)[number]; proofRef?: string };
  ReviewPlan: { agree: boolean; text?: string };
  CertifyPlan: { until?: CalendarDate; visitRequiredBy?: CalendarDate; delayed?: boolean; reason?: string };
  CompletePlan: object;
  DiscontinuePlan: { reason: string };
}

export type PlanCommandOf<T extends PlanCommandType> = { readonly type: T } & Readonly<Bodies[T]>;
export type PlanCommand = { [T in PlanCommandType]: PlanCommandOf<T> }[PlanCommandType];
