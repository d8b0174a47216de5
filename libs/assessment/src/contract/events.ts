/** What is stored about a measurement, and about the change since its baseline. */
import { z } from 'zod';
import { event, personal, type EventsOf } from '@fascia/kernel/contract';

const id = z.uuid();

export const POINTS = ['baseline', 'interim', 'progress', 'discharge'] as const;
export const INSTRUMENTS = ['NPRS', 'PSFS', 'ROM'] as const;

export const MEASURED_SIDES = ['left', 'right', 'midline'] as const;
export const MODES = ['active', 'passive'] as const;

const measurement = z.strictObject({
  instrument: z.enum(INSTRUMENTS),
  /** Of the instrument's scoring, so that only like is compared with like. */
  version: z.string(),
  scale: z.string(),
  /** UCUM. */
  unit: z.string(),
  value: z.number(),
  items: z.array(z.number()).optional(),
  joint: z.string().optional(),
  motion: z.string().optional(),
  side: z.string().optional(),
  mode: z.string().optional(),
  device: z.string().optional(),
  position: z.string().optional(),
  region: z.string().optional(),
});

const change = z.discriminatedUnion('label', [
  z.strictObject({ label: z.literal('notComparable'), because: z.string() }),
  z.strictObject({
    label: z.enum(['improved', 'worsened', 'withinError', 'unchanged']),
    gain: z.number(),
    threshold: z.number(),
    meaningful: z.number(),
    mdc: z.number().optional(),
    source: z.string(),
    thresholdsVersion: z.string(),
    weak: z.boolean(),
  }),
]);

export const ASSESSMENT_CONTRACT = {
  AssessmentRecorded: event(
    z.strictObject({
      patientId: id,
      referralId: id,
      sessionId: id.optional(),
      organizationId: id,
      referrerOrganizationId: id,
      point: z.enum(POINTS),
      measurement,
      /** The practitioner who measured. */
      raterId: z.string(),
    }),
  ),
  AssessmentCorrected: event(z.strictObject({ measurement, reason: personal(z.string().max(2000)) })),
  /** Against the episode's baseline of the same kind. */
  ChangeEvaluated: event(z.strictObject({ baselineId: id, change })),
};

export type AssessmentEvent = EventsOf<typeof ASSESSMENT_CONTRACT>;
export type AssessmentEventOf<T extends AssessmentEvent['type']> = Extract<
  AssessmentEvent,
  { type: T }
>['data'];
export type StoredMeasurement = z.output<typeof measurement>;
export type StoredChange = z.output<typeof change>;
export type Instrument = (typeof INSTRUMENTS)[number];
export type Point = (typeof POINTS)[number];
