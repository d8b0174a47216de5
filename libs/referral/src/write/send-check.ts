/** What would refuse a referral for a patient, asked before there is a draft. */
import { judge, saidOf } from '@fascia/clinical/contraindications';
import { dayOf } from '@fascia/clinical/calendar';
import {
  careTeamOfAll,
  consentsThatCount,
  ofAll,
  ofAllPerhaps,
  personOf,
  sharingSaidIn,
  zoneOf,
  type Person,
} from '@fascia/directory';
import { closing, FACTS_UNASSIGNED } from '@fascia/directory/contract';
import { hazardOf } from '@fascia/clinical/icd10';
import { relationsOf, type Actor, type Clock } from '@fascia/kernel';
import { standingDiagnosesOf } from '@fascia/diagnosis';
import type { NotingDesk } from '@fascia/read-store';
import { contraindicationFacts, flagsOf, type ContraindicationFacts } from '@fascia/safety';
import type { FactTools } from '@fascia/write-door';
import type { ReferralRefusal } from '../contract/refusals.js';
import { openReferralsOf } from '../read/lookups.js';

/** Of the guards of sending, those that a patient's record alone can fail. */
export const CHECKED_GUARDS = ['G1', 'G2', 'G3', 'G4', 'G6'] as const;

export interface SendCheckFinding {
  readonly guard: (typeof CHECKED_GUARDS)[number];
  readonly code: ReferralRefusal['code'];
  readonly detail: string;
  readonly ids: readonly string[];
}

export interface SendCheckAnswer {
  readonly patientId: string;
  readonly clear: boolean;
  readonly findings: readonly SendCheckFinding[];
  /** Those that a referral could name. */
  readonly diagnosisIds: readonly string[];
}

/** @returns nothing for a patient who is not there, or not the caller's to see */
export type SendCheck = (
  desk: NotingDesk,
  by: Actor,
  patientId: string,
) => Promise<SendCheckAnswer | undefined>;

export interface SendCheckParts {
  readonly tools: FactTools;
  readonly clock: Clock;
}

const finding = (
  guard: SendCheckFinding['guard'],
  code: ReferralRefusal['code'],
  detail: string,
  ids: readonly string[],
): readonly SendCheckFinding[] => (ids.length === 0 ? [] : [{ guard, code, detail, ids }]);

/** What stands in the way whatever is ordered. */
const ofRecord = ({ record, unassigned }: Person): readonly SendCheckFinding[] => {
  const { survivorId, deceased, replacedById } = record;
  const dead: SendCheckFinding = {
    guard: 'G1',
    code: 'PATIENT_DECEASED',
    detail: 'A death is recorded for this patient.',
    ids: [],
  };
  return [
    ...(deceased ? [dead] : []),
    ...finding(
      'G1',
      'FACTS_UNASSIGNED',
      FACTS_UNASSIGNED.detail,
      unassigned.map(({ id }) => id),
    ),
    ...finding(
      'G1',
      'PATIENT_MERGED',
      'This record was merged into another.',
      survivorId === undefined ? [] : [survivorId],
    ),
    ...finding(
      'G1',
      'PATIENT_REPLACED',
      'The source uses another record of this patient.',
      replacedById === undefined ? [] : [replacedById],
    ),
  ];
};

/** Whatever place an order would name. */
const closedByCatalogue = ({ holds, unsettled }: ContraindicationFacts): readonly SendCheckFinding[] => {
  const [judged] = judge({ ...holds, sites: [{ region: 'widespread' }] });
  const closing = judged?.findings.find(({ whole, effect }) => whole && effect !== 'MOD');
  return [
    ...finding(
      'G4',
      'REFERRAL_PRECAUTION_UNSETTLED',
      'A precaution waits to be confirmed, dismissed or resolved.',
      unsettled.map(({ precautionId }) => precautionId),
    ),
    ...(closing === undefined || judged?.allowedTechniques.length !== 0
      ? []
      : [{ guard: 'G4', code: 'REFERRAL_CONTRAINDICATED', detail: saidOf(closing), ids: [] } as const]),
  ];
};

const findingsOf = async (
  by: Actor,
  person: Person,
  { tools, clock }: SendCheckParts,
): Promise<Pick<SendCheckAnswer, 'findings' | 'diagnosisIds'>> => {
  const at = clock.now().toISOString();
  const zone = await zoneOf(by.organizationId, tools);
  const today = dayOf(at, zone);
  const [consents, diagnoses, flags, open, contraindications] = await Promise.all([
    consentsThatCount(person, today, tools),
    ofAll(person, standingDiagnosesOf, tools),
    ofAllPerhaps(person, 'flag', flagsOf, tools),
    ofAll(person, (id) => openReferralsOf(id, 'STM'), tools),
    contraindicationFacts({ person, at, said: [], zone }, tools),
  ]);
  const usable = diagnoses.filter(
    (row) => row.code !== null && ['confirmed', 'provisional'].includes(row.verification),
  );
  const findings: readonly SendCheckFinding[] = [
    ...finding(
      'G2',
      'CONSENT_WITHDRAWN',
      'The patient restricted or withdrew sharing.',
      closing(consents.map((row) => ({ ...sharingSaidIn(row), id: row.id }))).map(({ id }) => id),
    ),
    ...(usable.length === 0
      ? [
          {
            guard: 'G3' as const,
            code: 'REFERRAL_DIAGNOSIS_INVALID' as const,
            detail: 'No diagnosis with an ICD-10-CM code stands: record one first.',
            ids: [],
          },
        ]
      : []),
    ...finding(
      'G3',
      'REFERRAL_CODE_BOUNCES',
      'A diagnosis on file needs medical care first.',
      diagnoses.filter(({ code }) => code !== null && hazardOf(code)?.scope === 'whole').map((row) => row.id),
    ),
    ...finding(
      'G4',
      'REFERRAL_FLAG_OPEN',
      'A red flag is open.',
      flags.filter((row) => row.status !== 'cleared' && !row.restricted).map((row) => row.id),
    ),
    ...closedByCatalogue(contraindications),
    ...finding(
      'G6',
      'REFERRAL_DUPLICATE',
      'Another referral is open: a second one for the same place needs a reason.',
      open.map((row) => row.id),
    ),
    ...ofRecord(person),
  ];
  return { findings, diagnosisIds: usable.map((row) => row.id) };
};

/** Only what is known of the patient; what the order says is checked when it is sent. */
export const makeSendCheck =
  (parts: SendCheckParts): SendCheck =>
  async (desk, by, patientId) => {
    const { tools } = parts;
    const person = await personOf(patientId, tools);
    const relations = relationsOf(by, await careTeamOfAll(person, tools));
    const decision = desk.policy.decide({ role: by.role, relations, action: 'Read', resource: 'patient' });
    if (!person.record.exists || !decision.allowed) return undefined;
    desk.disclose(by, 'referral-check', decision.policy, [patientId]);
    const { findings, diagnosisIds } = await findingsOf(by, person, parts);
    return { patientId, clear: findings.length === 0, findings, diagnosisIds };
  };
