/** What codes of the body, of findings and of warnings are called; complete as names.ts is. */
import type { Instrument, MODES, Point } from '@fascia/assessment/contract';
import type { BodySite, RedFlagId, ROM_NORMALS, Tissue } from '@fascia/clinical';
import type { DYSFUNCTIONS, VERIFICATIONS } from '@fascia/diagnosis/contract';
import type { Answer } from '../api/questions.js';

type Named<Code extends string> = Readonly<Record<Code, string>>;
type Flag = Answer<'listFlags'>;
type Joint = keyof typeof ROM_NORMALS;
type Motion = { [J in Joint]: keyof (typeof ROM_NORMALS)[J] }[Joint];
type Measurement = Answer<'listAssessments'>['measurement'];

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
  verification: {
    unconfirmed: 'Unconfirmed',
    provisional: 'Provisional',
    differential: 'One of several possible',
    confirmed: 'Confirmed',
    refuted: 'Refuted',
  } satisfies Named<(typeof VERIFICATIONS)[number] | 'refuted'>,
  instrument: {
    NPRS: 'Pain (NPRS)',
    PSFS: 'Own activities (PSFS)',
    ROM: 'Range of motion',
  } satisfies Named<Instrument>,
  point: {
    baseline: 'Baseline',
    interim: 'In between',
    progress: 'Progress report',
    discharge: 'At the end',
  } satisfies Named<Point>,
  joint: {
    shoulder: 'Shoulder',
    elbow: 'Elbow',
    wrist: 'Wrist',
    hip: 'Hip',
    knee: 'Knee',
    ankle: 'Ankle',
    cervical: 'Neck',
    thoracolumbar: 'Back',
  } satisfies Named<Joint>,
  motion: {
    flexion: 'flexion',
    extension: 'extension',
    abduction: 'abduction',
    adduction: 'adduction',
    'medial-rotation': 'medial rotation',
    'lateral-rotation': 'lateral rotation',
    pronation: 'pronation',
    supination: 'supination',
    'radial-deviation': 'radial deviation',
    'ulnar-deviation': 'ulnar deviation',
    dorsiflexion: 'dorsiflexion',
    'plantar-flexion': 'plantar flexion',
    inversion: 'inversion',
    eversion: 'eversion',
    'lateral-flexion': 'lateral flexion',
    rotation: 'rotation',
  } satisfies Named<Motion>,
  mode: { active: 'active', passive: 'passive' } satisfies Named<(typeof MODES)[number]>,
  /** In what a measurement may differ from its baseline, so that the two cannot be compared. */
  measurementPart: {
    instrument: 'instrument',
    version: 'scoring',
    scale: 'scale',
    unit: 'unit',
    value: 'value',
    items: 'ratings',
    joint: 'joint',
    motion: 'motion',
    side: 'side',
    mode: 'active or passive',
    device: 'device',
    position: 'position of the patient',
    region: 'place',
  } satisfies Named<keyof Measurement>,
  /** Of thresholds (docs/domain/sources.md): those of what can be recorded. */
  source: {
    DEF: 'default of Fascia',
    S23: 'JOSPT 2020, red flags of the spine; IFOMPT, arteries of the neck',
    S24: 'JOSPT 2014;44:560 and others',
    S28: 'PMC434511',
  },
} as const;
