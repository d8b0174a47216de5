/** A proposed precaution's lifecycle as data: a person confirms or dismisses it, and may think again. */
import { lifecycle, type Role, type Transition } from '@fascia/kernel/contract';
import type { PrecautionCommand } from './precaution.commands.js';
import type { PrecautionEvent } from './precaution.events.js';

export const PRECAUTION_STAGES = ['none', 'proposed', 'confirmed', 'dismissed'] as const;

export type PrecautionStage = (typeof PRECAUTION_STAGES)[number];

const WHO: readonly Role[] = ['physician', 'therapist'];

type Row = Transition<PrecautionStage, PrecautionCommand['type'], PrecautionEvent['type']>;

// prettier-ignore
export const PRECAUTION_TRANSITIONS: readonly Row[] = [
  { row: '1', command: 'ConfirmPrecaution', events: ['PrecautionConfirmed'], from: ['proposed', 'dismissed'], to: 'confirmed', who: WHO },
  { row: '2', command: 'DismissPrecaution', events: ['PrecautionDismissed'], from: ['proposed', 'confirmed'], to: 'dismissed', who: WHO },
];

export const precautionLifecycle = lifecycle(PRECAUTION_STAGES, PRECAUTION_TRANSITIONS);
