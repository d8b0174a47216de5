/** What a diagnosis's events come to. */
import type { MovedTo } from '@fascia/directory/contract';
import type { Finding } from '../contract/events.js';
import type { DiagnosisStage } from '../contract/lifecycle.js';

export interface Received {
  readonly system: string;
  readonly lastUpdated?: string | undefined;
  /** The finding as it was then: what the source says as long as it says nothing new. */
  readonly said: Finding;
  readonly ended: boolean;
}

export interface Diagnosis {
  readonly patientId: string;
  readonly verification: Exclude<DiagnosisStage, 'none' | 'resolved'>;
  readonly resolved: boolean;
  readonly finding: Finding;
  /** Where it was imported from. */
  readonly received?: Received | undefined;
  readonly movedTo?: MovedTo | undefined;
}

export type DiagnosisState = Diagnosis | undefined;
