/** A diagnosis's lifecycle as data: what screens offer when, and to whom. FHIR verificationStatus (docs/domain/diagnosis.md#states). */
import { lifecycle, type Role, type Transition } from '@fascia/kernel/contract';
import type { DiagnosisCommandType } from './commands.js';
import { VERIFICATIONS, type DiagnosisEvent } from './events.js';

export const STAGES = ['none', ...VERIFICATIONS, 'refuted', 'resolved'] as const;

export type DiagnosisStage = (typeof STAGES)[number];

const RECORDERS: readonly Role[] = ['physician', 'delegate', 'system'];
const DOUBTED: readonly DiagnosisStage[] = ['unconfirmed', 'provisional', 'differential'];
const STANDING: readonly DiagnosisStage[] = [...DOUBTED, 'confirmed'];

/** `said`: as sure as its recorder was. */
type Row = Transition<DiagnosisStage, DiagnosisCommandType, DiagnosisEvent['type'], 'said'>;

// prettier-ignore
export const TRANSITIONS: readonly Row[] = [
  { row: '1', command: 'RecordDiagnosis', events: ['DiagnosisRecorded'], from: ['none'], to: 'said', who: RECORDERS },
  { row: '2', command: 'ConfirmDiagnosis', events: ['DiagnosisConfirmed'], from: DOUBTED, to: 'confirmed', who: ['physician'] },
  { row: '3', command: 'ReviseDiagnosis', events: ['DiagnosisRevised'], from: STANDING, to: 'same', who: ['physician'] },
  { row: '4', command: 'RefuteDiagnosis', events: ['DiagnosisRefuted'], from: STANDING, to: 'refuted', who: ['physician'] },
  { row: '5', command: 'ResolveDiagnosis', events: ['DiagnosisResolved'], from: STANDING, to: 'resolved', who: ['physician', 'system'] },
];

export const diagnosisLifecycle = lifecycle(STAGES, TRANSITIONS);
