/** A precaution's lifecycle as data: a person records, confirms or dismisses it, and may think again; a physician clears care beside it. */
import { lifecycle, type Role, type Transition } from '@fascia/kernel/contract';
import type { PrecautionCommand } from './precaution.commands.js';
import type { PrecautionEvent } from './precaution.events.js';

export const PRECAUTION_STAGES = ['none', 'proposed', 'confirmed', 'dismissed', 'resolved'] as const;

export type PrecautionStage = (typeof PRECAUTION_STAGES)[number];

const WHO: readonly Role[] = ['physician', 'therapist'];

type Row = Transition<PrecautionStage, PrecautionCommand['type'], PrecautionEvent['type']>;

// prettier-ignore
export const PRECAUTION_TRANSITIONS: readonly Row[] = [
  { row: '0', command: 'RecordPrecaution', events: ['PrecautionRecorded'], from: ['none'], to: 'confirmed', who: WHO },
  { row: '1', command: 'ConfirmPrecaution', events: ['PrecautionConfirmed'], from: ['proposed', 'dismissed', 'resolved'], to: 'confirmed', who: WHO },
  { row: '2', command: 'DismissPrecaution', events: ['PrecautionDismissed'], from: ['proposed', 'confirmed'], to: 'dismissed', who: WHO },
  { row: '3', command: 'SpecifyPrecaution', events: ['PrecautionSpecified'], from: ['proposed', 'confirmed'], to: 'same', who: WHO },
  { row: '4', command: 'ResolvePrecaution', events: ['PrecautionResolved'], from: ['proposed', 'confirmed'], to: 'resolved', who: WHO },
  { row: '5', command: 'ClearPrecaution', events: ['PrecautionCleared'], from: ['confirmed'], to: 'same', who: ['physician'] },
  { row: '6', command: 'EndClearance', events: ['PrecautionClearanceEnded'], from: ['confirmed'], to: 'same', who: ['physician'] },
];

export const precautionLifecycle = lifecycle(PRECAUTION_STAGES, PRECAUTION_TRANSITIONS);
