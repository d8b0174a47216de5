/**
 * What is said of a measurement, scored; and its change since another of the same kind (docs/domain/measures.md). The door `./rules`: a
 * screen says with it at once what will be stored.
 */
import type { MeasurementSaid } from '../contract/commands.js';
import type { StoredChange, StoredMeasurement } from '../contract/events.js';
import type { AssessmentRefusal } from '../contract/refusals.js';
import { differsIn, labelChange, type Measurement } from './change-label.js';
import { nprsFault } from './nprs.js';
import { psfsFault, psfsMean } from './psfs.js';
import { romFault, type RomEntry } from './rom.js';

const SCORING_VERSION = '1';

/** @returns what is stored of it, or why it is not a measurement. */
export const scored = (said: MeasurementSaid): StoredMeasurement | AssessmentRefusal => {
  const base = {
    instrument: said.instrument,
    version: SCORING_VERSION,
    ...(said.region === undefined ? {} : { region: said.region }),
  };
  switch (said.instrument) {
    case 'NPRS': {
      const value = said.value ?? Number.NaN;
      return nprsFault(value, '/measurement/value') ?? { ...base, scale: '0-10', unit: '{score}', value };
    }
    case 'PSFS': {
      const items = [...(said.items ?? [])];
      return psfsFault(items) ?? { ...base, scale: '0-10', unit: '{score}', value: psfsMean(items), items };
    }
    case 'ROM': {
      const { joint = '', motion = '', side = 'midline', mode, device, position, value = Number.NaN } = said;
      if (mode === undefined)
        return {
          code: 'MEASURE_INCOMPLETE',
          detail: 'Say whether the motion was active or passive.',
          pointer: '/measurement/mode',
        };
      const entry: RomEntry = {
        joint,
        motion,
        side,
        mode,
        degrees: value,
        ...(said.confirmed === undefined ? {} : { confirmed: said.confirmed }),
      };
      return (
        romFault(entry) ?? {
          ...base,
          scale: 'deg',
          unit: 'deg',
          value,
          joint,
          motion,
          side,
          mode,
          ...(device === undefined ? {} : { device }),
          ...(position === undefined ? {} : { position }),
        }
      );
    }
  }
};

/** Which earlier measurements count as the same kind. */
export const kindOf = ({ instrument, joint, motion, side, mode, region }: StoredMeasurement): string =>
  [instrument, joint, motion, side, mode, region].map((part) => part ?? '').join('/');

/** A measurement, and who took it: another person's eye has an error of its own. */
export interface Rated {
  readonly measurement: StoredMeasurement;
  readonly raterId: string;
}

const comparable = ({ measurement, raterId }: Rated): Measurement => {
  const { instrument, version, scale, value, joint, motion, side, mode, device, position } = measurement;
  return {
    instrument,
    version,
    scale,
    value,
    rater: raterId,
    ...(joint === undefined ? {} : { joint }),
    ...(motion === undefined ? {} : { motion }),
    ...(side === undefined ? {} : { side }),
    ...(mode === undefined ? {} : { mode }),
    ...(device === undefined ? {} : { device }),
    ...(position === undefined ? {} : { position }),
  };
};

/** @returns nothing where the two are of different kinds. */
export const changeSince = (baseline: Rated, later: Rated): StoredChange | undefined =>
  kindOf(baseline.measurement) === kindOf(later.measurement)
    ? labelChange(comparable(baseline), comparable(later))
    : undefined;

/** In which part of it the two were taken in different ways. */
export const takenOtherwise = (baseline: Rated, later: Rated): keyof Measurement | undefined =>
  differsIn(comparable(baseline), comparable(later));
