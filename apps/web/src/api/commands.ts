/** What may be done over HTTP: the contracts' own rows say address and body, so that none is written twice. */
import './no-eval.js';
import { ASSESSMENT_COMMANDS } from '@fascia/assessment/contract';
import { DIAGNOSIS_COMMANDS } from '@fascia/diagnosis/contract';
import {
  CONSENT_COMMANDS,
  ORGANIZATION_COMMANDS,
  PATIENT_COMMANDS,
  PRACTITIONER_COMMANDS,
} from '@fascia/directory/contract';
import { DOCUMENT_COMMANDS } from '@fascia/document/contract';
import { PLAN_COMMANDS } from '@fascia/plan/contract';
import { REFERRAL_COMMANDS } from '@fascia/referral/contract';
import { FLAG_COMMANDS, PRECAUTION_COMMANDS } from '@fascia/safety/contract';
import { SESSION_COMMANDS } from '@fascia/session/contract';
import { TASK_COMMANDS } from '@fascia/task/contract';

/** Under which address the commands of each stand. */
const COLLECTIONS = {
  assessments: ASSESSMENT_COMMANDS,
  consents: CONSENT_COMMANDS,
  diagnoses: DIAGNOSIS_COMMANDS,
  documents: DOCUMENT_COMMANDS,
  flags: FLAG_COMMANDS,
  organizations: ORGANIZATION_COMMANDS,
  patients: PATIENT_COMMANDS,
  plans: PLAN_COMMANDS,
  practitioners: PRACTITIONER_COMMANDS,
  precautions: PRECAUTION_COMMANDS,
  referrals: REFERRAL_COMMANDS,
  sessions: SESSION_COMMANDS,
  tasks: TASK_COMMANDS,
} as const;

export type Collection = keyof typeof COLLECTIONS;

/** What a draft of each kind may say. */
export const DRAFTED = {
  referrals: REFERRAL_COMMANDS.EditDraft.body.shape.content,
  plans: PLAN_COMMANDS.EditPlan.body.shape.content,
} as const;

type Rows<C extends Collection> = (typeof COLLECTIONS)[C];

/** Of what is there already; what only the product itself does has no address. */
export type ActName<C extends Collection> = {
  [T in keyof Rows<C> & string]: Rows<C>[T] extends { readonly kind: 'acts' } ? T : never;
}[keyof Rows<C> & string];

export type CreateName<C extends Collection> = {
  [T in keyof Rows<C> & string]: Rows<C>[T] extends { readonly kind: 'creates' } ? T : never;
}[keyof Rows<C> & string];

/** As it is typed by a person: what is refused of it the service says. */
export type BodyOf<C extends Collection, T extends ActName<C> | CreateName<C>> = Rows<C>[T] extends {
  readonly body: { readonly _zod: { readonly input: infer B } };
}
  ? B
  : never;

export const addressOf = <C extends Collection>(collection: C, id: string, command: ActName<C>): string => {
  const row = (COLLECTIONS[collection] as Readonly<Record<string, { readonly at?: string }>>)[command];
  return `${collection}/${id}/${row?.at ?? ''}`;
};
