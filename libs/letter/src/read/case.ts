/** What letters tell of, as whoever asks for one may read it; all of it of one moment. */
import { listAssessments } from '@fascia/assessment';
import { getDiagnosis } from '@fascia/diagnosis';
import { getPatient } from '@fascia/directory';
import { relationsOf, type Actor, type Category } from '@fascia/kernel';
import type { AnswerOf } from '@fascia/kernel/contract';
import { listPlans } from '@fascia/plan';
import type { ListQuestion, NotingDesk, PartOf } from '@fascia/read-store';
import { getReferral } from '@fascia/referral';
import { listSessions } from '@fascia/session';

export type ReferralTold = AnswerOf<typeof getReferral.answer>;
export type PatientTold = AnswerOf<typeof getPatient.answer>;
export type DiagnosisTold = AnswerOf<typeof getDiagnosis.answer>;

/** An order, for whom, and why. */
export interface OrderTold {
  readonly referral: ReferralTold;
  readonly patient: PatientTold;
  readonly diagnoses: readonly DiagnosisTold[];
}

/** What came of it. */
export interface CourseTold {
  readonly plans: readonly AnswerOf<typeof listPlans.answer>[];
  /** Oldest first. */
  readonly assessments: readonly AnswerOf<typeof listAssessments.answer>[];
  readonly visits: readonly AnswerOf<typeof listSessions.answer>[];
}

/** Somebody may see a referral, and not everything that a letter of it says. */
export class NotAllIsTheirs extends Error {
  override readonly name = 'NotAllIsTheirs';
}

const PAGE = 200;

const whole = async <Query extends object, Item>(
  question: Pick<ListQuestion<string, Query>, never> & {
    ask(
      desk: NotingDesk,
      by: Actor,
      query: Query,
      page: { limit: number; after?: PartOf<unknown>['last'] & {} },
    ): Promise<PartOf<Item> | undefined>;
  },
  desk: NotingDesk,
  by: Actor,
  query: Query,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let after: PartOf<unknown>['last'] = null;
  do {
    const part: PartOf<Item> | undefined = await question.ask(desk, by, query, {
      limit: PAGE,
      ...(after === null ? {} : { after }),
    });
    if (part === undefined) throw new NotAllIsTheirs();
    items.push(...part.items);
    after = part.last;
  } while (after !== null);
  return items;
};

/** @returns nothing of a referral that is not there, or not theirs to see */
export const orderTold = async (desk: NotingDesk, by: Actor, id: string): Promise<OrderTold | undefined> => {
  const referral = await getReferral.ask(desk, by, id);
  if (referral === undefined) return undefined;
  const patient = await getPatient.ask(desk, by, referral.patient.id);
  if (patient === undefined) throw new NotAllIsTheirs();
  const diagnoses: DiagnosisTold[] = [];
  for (const diagnosisId of referral.content.diagnosisIds ?? []) {
    const diagnosis = await getDiagnosis.ask(desk, by, diagnosisId);
    if (diagnosis === undefined) throw new NotAllIsTheirs();
    diagnoses.push(diagnosis);
  }
  return { referral, patient, diagnoses };
};

const OF_COURSE: readonly Category[] = ['plan', 'session', 'assessment'];

export const courseTold = async (
  desk: NotingDesk,
  by: Actor,
  { id, referrer, recipient }: ReferralTold,
): Promise<CourseTold> => {
  const parties = {
    referrer: [referrer.organizationId],
    ...(recipient === null ? {} : { recipient: [recipient.organizationId] }),
  };
  // A list shows nothing to whom it is not for: nobody is to take that for nothing measured.
  const ask = { role: by.role, relations: relationsOf(by, parties), action: 'Read' };
  if (!OF_COURSE.every((resource) => desk.policy.decide({ ...ask, resource }).allowed))
    throw new NotAllIsTheirs();
  const query = { referralId: id };
  return {
    plans: await whole(listPlans, desk, by, query),
    assessments: await whole(listAssessments, desk, by, query),
    visits: await whole(listSessions, desk, by, query),
  };
};
