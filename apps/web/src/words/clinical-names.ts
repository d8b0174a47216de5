/** What codes of the body, of findings and of warnings are called; complete as names.ts is. */
import type { BodySite, RedFlagId, Tissue } from '@fascia/clinical';
import type { DYSFUNCTIONS, VERIFICATIONS } from '@fascia/diagnosis/contract';
import type { Answer } from '../api/questions.js';

type Named<Code extends string> = Readonly<Record<Code, string>>;
type Flag = Answer<'listFlags'>;

export const clinicalNames = {
  region: {
    'head-tmj': 'Head and jaw',
    cervical: 'Neck',
    shoulder: 'Shoulder',
    'upper-arm': 'Upper arm',
    elbow: 'Elbow',
    forearm: 'Forearm',
    'wrist-hand': 'Wrist and hand',
    thoracic: 'Upper back',
    rib: 'Ribs',
    lumbar: 'Lower back',
    'sacroiliac-gluteal': 'Sacroiliac and gluteal',
    hip: 'Hip',
    'thigh-anterior': 'Thigh, front',
    'thigh-posterior': 'Thigh, back',
    knee: 'Knee',
    'lower-leg': 'Lower leg',
    'ankle-foot': 'Ankle and foot',
    plantar: 'Sole',
    abdomen: 'Abdomen',
    widespread: 'Widespread',
  } satisfies Named<BodySite['region']>,
  tissue: {
    muscle: 'muscle',
    tendon: 'tendon',
    ligament: 'ligament',
    fascia: 'fascia',
    scar: 'scar',
  } satisfies Named<Tissue>,
  bodySide: {
    left: 'left',
    right: 'right',
    bilateral: 'both sides',
    midline: 'in the middle',
  } satisfies Named<NonNullable<BodySite['side']>>,
  redFlag: {
    F01: 'Suspected cauda equina syndrome',
    F02: 'Signs of a vessel of the neck',
    F03: 'Suspected thrombosis or embolism',
    F04: 'Chest pain, stroke or anaphylaxis',
    F05: 'Signs of a compartment syndrome',
    F06: 'Possible fracture',
    F07: 'Possible malignancy',
    F08: 'Possible infection of the spine',
    F09: 'Nerves that fail more and more',
    F10: 'Vital signs out of their limits',
    F11: 'Low mood or self-harm',
    F12: 'Safeguarding',
  } satisfies Named<RedFlagId>,
  urgency: {
    emergency: 'emergency',
    urgent: 'within a day',
    sameDay: 'today',
    byLaw: 'as the law demands',
  } satisfies Named<Flag['urgency']>,
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
  verification: {
    unconfirmed: 'Unconfirmed',
    provisional: 'Provisional',
    differential: 'One of several possible',
    confirmed: 'Confirmed',
  } satisfies Named<(typeof VERIFICATIONS)[number]>,
} as const;
