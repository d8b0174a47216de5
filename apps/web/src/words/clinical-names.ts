/** What codes of the body, of findings and of warnings are called; complete as names.ts is. */
import type { Point } from '@fascia/assessment/contract';
import type { DYSFUNCTIONS } from '@fascia/diagnosis/contract';
import type { Answer } from '../api/questions.js';

type Named<Code extends string> = Readonly<Record<Code, string>>;
type Flag = Answer<'listFlags'>;

export const clinicalNames = {
  urgency: {
    emergency: 'emergency',
    urgent: 'within a day',
    sameDay: 'today',
    byLaw: 'as the law demands',
  } satisfies Named<Flag['urgency']>,
  callChannel: { phone: 'by phone', 'in-person': 'in person' } satisfies Named<
    Flag['calls'][number]['channel']
  >,
  flagStage: { open: 'open', confirmed: 'confirmed', cleared: 'cleared' } satisfies Named<Flag['status']>,
  dysfunction: {
    adhesion: 'Adhesion',
    tightness: 'Tightness',
    'trigger-point': 'Trigger point',
    tendinopathy: 'Tendinopathy',
    strain: 'Strain',
    sprain: 'Sprain',
    contracture: 'Contracture',
    scar: 'Scar',
    fasciitis: 'Fasciitis',
    'widespread-pain': 'Widespread pain',
    other: 'Something else',
  } satisfies Named<(typeof DYSFUNCTIONS)[number]>,
  point: {
    baseline: 'Baseline',
    interim: 'In between',
    progress: 'Progress report',
    discharge: 'At the end',
  } satisfies Named<Point>,
} as const;
