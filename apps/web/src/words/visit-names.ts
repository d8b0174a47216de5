/** What codes of a visit are called; complete as names.ts is. */
import type { Answer } from '../api/questions.js';
import type { OfferedDeed } from '../visits/deeds.js';

type Named<Code extends string> = Readonly<Record<Code, string>>;
type Visit = Answer<'getSession'>;

export const visitNames = {
  visitStage: {
    none: 'Not there yet',
    Scheduled: 'Booked',
    CheckedIn: 'Here',
    InProgress: 'Under way',
    Performed: 'To be signed',
    Signed: 'Signed',
    NoShow: 'Did not come',
    Cancelled: 'Cancelled',
    Stopped: 'Broken off',
    Voided: 'Entered in error',
  } satisfies Named<Visit['state']>,
  visitKind: {
    evaluation: 'Evaluation',
    treatment: 'Treatment',
    reevaluation: 'Re-evaluation',
    discharge: 'Discharge',
  } satisfies Named<Visit['kind']>,
  visitFlag: {
    CERTIFICATION_OVERDUE: 'The plan is not certified, and its day is past',
    CERTIFICATION_LAPSED: 'It lies after the certified period',
    PLAN_PERIOD_OVER: 'It lies after the days of the plan',
    DEVIATION_FROM_PLAN: 'Something was done that the plan does not name',
    UNIT_TIE_UNSETTLED: 'Nobody chose which code gets the last unit',
    LATE_ENTRY: 'Entered late',
    LATE_SIGNATURE: 'Signed late',
    ONE_TO_ONE_OVERLAP: 'More one-to-one minutes than the therapist had',
    CONTRAINDICATED_CARE: 'Something was done over a contraindication',
  } satisfies Named<Visit['complianceFlags'][number]>,
  /** On a button. */
  visitStep: { CheckIn: 'Check in', StartSession: 'Begin treatment' } satisfies Partial<
    Named<Visit['allowedActions'][number]>
  >,
  visitDeed: {
    AmendSession: 'Add to the note',
    MarkNoShow: 'Did not come',
    StopSession: 'Break off',
    VoidSession: 'Entered in error',
  } satisfies Named<OfferedDeed>,
} as const;
