/** What each part of an order is called above its field. */
import type { Content } from './content.js';

export const PART_LABELS = {
  diagnosisIds: 'order.part.findings',
  sites: 'order.part.places',
  clinicalQuestion: 'order.clinicalQuestion',
  onset: 'order.onset',
  mechanism: 'referral.mechanism',
  priority: 'order.priority',
  target: 'order.part.clinic',
  goals: 'order.part.goals',
  severityNprs: 'names.instrument.NPRS',
  requested: 'order.part.dose',
  service: 'referral.techniques',
  attachments: 'order.part.papers',
  payer: 'order.payer',
  screening: 'order.part.questions',
  precautions: 'referral.precautions',
  suspicion: 'order.suspicion',
  siteExplanation: 'order.siteExplanation',
  duplicateOverrideReason: 'order.duplicateOverrideReason',
  validUntil: 'referral.validUntil',
} as const satisfies Readonly<Record<keyof Content, string>>;
