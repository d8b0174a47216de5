/** The guards of sending, asked before there is a draft. */
import { dayOf } from '@fascia/clinical/calendar';
import { consentsOf, patientAggregate } from '@fascia/directory';
import { ProblemException } from '@fascia/http';
import { relationsOf, type Actor, type Clock } from '@fascia/kernel';
import { standingDiagnosesOf } from '@fascia/diagnosis';
import type { ReadDesk } from '@fascia/read-store';
import { flagsOf } from '@fascia/safety';
import type { FactTools } from '@fascia/write-door';
import { careTeamOf, openReferralsOf } from '../read/lookups.js';

/** Of the guards of sending, those that a patient's record alone can fail. */
export const CHECKED_GUARDS = ['G1', 'G2', 'G3', 'G4', 'G6'] as const;

export interface SendCheckFinding {
  readonly guard: (typeof CHECKED_GUARDS)[number];
  readonly code: string;
  readonly detail: string;
  readonly ids: readonly string[];
}

export interface SendCheck {
  check(by: Actor, ask: { readonly patientId: string }): Promise<object>;
}

export const CHECK_PORT = Symbol('SEND_CHECK');

export interface SendCheckParts {
  readonly tools: FactTools;
  readonly desk: ReadDesk;
  readonly clock: Clock;
}

const finding = (
  guard: SendCheckFinding['guard'],
  code: string,
  detail: string,
  ids: readonly string[],
): readonly SendCheckFinding[] => (ids.length === 0 ? [] : [{ guard, code, detail, ids }]);

/** Only what is known of the patient; what the order says is checked when it is sent. */
export const makeSendCheck = ({ tools, desk, clock }: SendCheckParts): SendCheck => ({
  check: async (by, { patientId }) => {
    const { state: patient } = await tools.load(patientAggregate, patientId);
    const parties = await tools.lookup(careTeamOf(patientId));
    const decision = desk.policy.decide({
      role: by.role,
      relations: relationsOf(by, parties),
      action: 'Read',
      resource: 'patient',
    });
    if (patient === undefined || !decision.allowed)
      throw new ProblemException(404, 'NOT_FOUND', 'There is no such patient, or it is not yours to see.');
    desk.disclose(by, 'referral-check', decision.policy, [patientId]);
    const today = dayOf(clock.now().toISOString());
    const [consents, diagnoses, flags, open] = await Promise.all([
      tools.lookup(consentsOf(patientId, today)),
      tools.lookup(standingDiagnosesOf(patientId)),
      tools.lookup(flagsOf(patientId)),
      tools.lookup(openReferralsOf(patientId, 'STM')),
    ]);
    const usable = diagnoses.filter(
      (row) => row.code !== null && ['confirmed', 'provisional'].includes(row.verification),
    );
    const findings = [
      ...finding(
        'G2',
        'CONSENT_WITHDRAWN',
        'The patient restricted or withdrew sharing.',
        consents.filter((row) => row.kind !== 'granted').map((row) => row.id),
      ),
      ...(usable.length === 0
        ? [
            {
              guard: 'G3',
              code: 'REFERRAL_DIAGNOSIS_INVALID',
              detail: 'No diagnosis with an ICD-10-CM code stands: record one first.',
              ids: [],
            },
          ]
        : []),
      ...finding(
        'G4',
        'REFERRAL_FLAG_OPEN',
        'A red flag is open.',
        flags.filter((row) => row.status !== 'cleared').map((row) => row.id),
      ),
      ...finding(
        'G6',
        'REFERRAL_DUPLICATE',
        'Another referral is open: a second one for the same place needs a reason.',
        open.map((row) => row.id),
      ),
      ...(patient.mergedInto === undefined
        ? []
        : [
            {
              guard: 'G1',
              code: 'PATIENT_MERGED',
              detail: 'This record was merged into another.',
              ids: [patient.mergedInto],
            },
          ]),
    ];
    return { patientId, clear: findings.length === 0, findings, diagnosisIds: usable.map((row) => row.id) };
  },
});
