/**
 * What may be asked over HTTP and what is answered: the types of the contexts' own questions, which vanish when the page is built. A
 * change of an answer that a screen reads does not compile.
 */
import type { assessmentContext } from '@fascia/assessment';
import type { auditContext } from '@fascia/audit';
import type { diagnosisContext } from '@fascia/diagnosis';
import type { directoryContext } from '@fascia/directory';
import type { documentContext } from '@fascia/document';
import type { fhirContext } from '@fascia/fhir';
import type { planContext } from '@fascia/plan';
import type { referralContext } from '@fascia/referral';
import type { safetyContext } from '@fascia/safety';
import type { sessionContext } from '@fascia/session';
import type { taskContext } from '@fascia/task';

type QuestionsOf<C> = C extends { readonly questions: readonly (infer Q)[] }
  ? Q
  : C extends (...given: never[]) => { readonly questions: readonly (infer Q)[] }
    ? Q
    : never;

type Question =
  | QuestionsOf<typeof auditContext>
  | QuestionsOf<typeof assessmentContext>
  | QuestionsOf<typeof diagnosisContext>
  | QuestionsOf<typeof directoryContext>
  | QuestionsOf<typeof documentContext>
  | QuestionsOf<typeof fhirContext>
  | QuestionsOf<typeof planContext>
  | QuestionsOf<typeof referralContext>
  | QuestionsOf<typeof safetyContext>
  | QuestionsOf<typeof sessionContext>
  | QuestionsOf<typeof taskContext>;

type NameOf<Q> = Q extends { readonly name: infer N extends string } ? N : never;
export type QuestionName = NameOf<Question>;

type Called<N extends QuestionName> = Extract<Question, { readonly name: N }>;

/** Of a list, one item of it. */
export type Answer<N extends QuestionName> =
  Called<N> extends { readonly answer: { readonly _zod: { readonly output: infer A } } } ? A : never;

export type ListName = NameOf<Extract<Question, { readonly kind: 'list' }>>;
export type OneName = NameOf<Extract<Question, { readonly kind: 'one' }>>;

type AskedOf<Q> = Q extends { ask(desk: never, by: never, query: infer A, page: never): unknown } ? A : never;

/** What a list can be asked for, beside its page. */
export type Asked<N extends ListName> = AskedOf<Called<N>> & {
  readonly limit?: number;
  readonly cursor?: string;
};

/** Where each is asked, under `/api/v1`: as the question itself says (addresses.spec.ts). */
export const ADDRESSES = {
  listMatches: 'matches',
  listMerges: 'merges',
  listMyReferrals: 'referrals/mine',
  listReferrals: 'referrals',
  getReferral: 'referrals/:id',
  listThread: 'referrals/:id/thread',
  listPatients: 'patients',
  listDiagnoses: 'diagnoses',
  listDocuments: 'documents',
  getDocument: 'documents/:id',
  getPatient: 'patients/:id',
  listFlags: 'flags',
  listListings: 'listings',
  listOrganizations: 'organizations',
  listPlans: 'plans',
  listPractitioners: 'practitioners',
  getPractitioner: 'practitioners/:id',
  listPrecautions: 'precautions',
  listSessions: 'sessions',
  listTasks: 'tasks',
  getSession: 'sessions/:id',
  getPlan: 'plans/:id',
  listAssessments: 'assessments',
  listImports: 'imports',
  listCases: 'audit/cases',
  listAccess: 'audit/access',
} as const satisfies { readonly [N in QuestionName]?: string };

export type AskedName = keyof typeof ADDRESSES;
