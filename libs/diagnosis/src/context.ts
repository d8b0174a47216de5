/** Diagnoses as one value. */
import { permissions, permissionsOf } from '@fascia/kernel';
import type { DiagnosisCommandType, DiagnosisMoving } from './contract/commands.js';
import { TRANSITIONS } from './contract/lifecycle.js';
import { DIAGNOSIS_REFUSALS } from './contract/refusals.js';
import { getDiagnosis, listDiagnoses } from './read/diagnoses/question.js';
import { diagnosisAggregate, type DiagnosisPorts } from './write/diagnosis.aggregate.js';

export const DIAGNOSIS_QUESTIONS = [listDiagnoses, getDiagnosis] as const;

const RECEIVED = ['ReceiveDiagnosis', 'RetractDiagnosis'] as const;
const MOVED = ['TakeOverDiagnosis', 'MoveDiagnosis'] as const;
const REFERRING = ['home', 'referrer'] as const;

export const diagnosisContext = (ports: DiagnosisPorts) => {
  const aggregate = diagnosisAggregate(ports);
  return {
    name: 'diagnosis',
    aggregate,
    aggregates: [aggregate],
    questions: DIAGNOSIS_QUESTIONS,
    permissions: [
      ...permissionsOf('diagnosis', TRANSITIONS, {
        physician: REFERRING,
        delegate: REFERRING,
        system: 'anything',
      }),
      // Whoever may import: the file says it, not they.
      ...permissions<DiagnosisCommandType | DiagnosisMoving['type']>('diagnosis', {
        home: {
          roles: ['physician', 'delegate', 'coordinator'],
          commands: RECEIVED,
          when: ['home'],
        },
        network: { roles: ['operator', 'system'], commands: RECEIVED, when: 'anything' },
        moving: { roles: ['system'], commands: MOVED, when: 'anything' },
      }),
    ],
    refusals: DIAGNOSIS_REFUSALS,
  };
};
