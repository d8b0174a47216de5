/** What may be asked of a measurement. */
import { REGIONS } from '@fascia/clinical';
import {
  acts,
  amount,
  code,
  creates,
  flag,
  internal,
  line,
  list,
  ref,
  shape,
  text,
  whole,
  type CommandOf,
  type CommandsOf,
} from '@fascia/kernel/contract';
import { INSTRUMENTS, MEASURED_SIDES, MODES, POINTS } from './events.js';

const measurement = shape('Measurement', {
  instrument: code(INSTRUMENTS),
  value: amount(-360, 360, 'NPRS: the rating. ROM: degrees.').optional(),
  items: list(whole(-100, 100), { max: 10 }, "PSFS: the ratings of the patient's own activities.").optional(),
  joint: line(40).optional(),
  motion: line(40).optional(),
  side: code(MEASURED_SIDES).optional(),
  mode: code(MODES).optional(),
  device: line(60).optional(),
  position: line(60).optional(),
  region: code(REGIONS).optional(),
  confirmed: flag('The angle is unusual and right.').optional(),
});

export const ASSESSMENT_COMMANDS = {
  RecordAssessment: creates('Record a measurement; its change from the baseline is labelled', {
    referralId: ref('referral'),
    sessionId: ref('session').optional(),
    point: code(POINTS),
    measurement,
  }),
  CorrectAssessment: acts('correct', 'Correct a measurement, with the reason', {
    measurement,
    reason: text(2000),
  }),
  RelabelChange: internal('relabel-after-correction, once one that was measured before is corrected'),
};

export type AssessmentCommand = CommandsOf<typeof ASSESSMENT_COMMANDS>;

/** As it was said, before it is scored. */
export type MeasurementSaid = CommandOf<typeof ASSESSMENT_COMMANDS, 'RecordAssessment'>['measurement'];
