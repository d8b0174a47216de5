/** A red flag's lifecycle as data. Open and confirmed both stand in the way of care; only the physician's reason lifts them. */
import { lifecycle, type Role, type Transition } from '@fascia/kernel/contract';
import type { FlagCommandType } from './commands.js';
import type { FlagEvent } from './events.js';

export const STAGES = ['none', 'open', 'confirmed', 'cleared'] as const;

export type FlagStage = (typeof STAGES)[number];

/** Whoever sees the sign raises the flag. */
const RAISERS: readonly Role[] = ['physician', 'therapist', 'coordinator', 'system'];
/** Whoever phoned. */
const CALLERS: readonly Role[] = ['physician', 'therapist', 'coordinator'];
const STANDING: readonly FlagStage[] = ['open', 'confirmed'];

type Row = Transition<FlagStage, FlagCommandType, FlagEvent['type']>;

// prettier-ignore
export const TRANSITIONS: readonly Row[] = [
  { row: '1', command: 'RaiseFlag', events: ['RedFlagRaised'], from: ['none'], to: 'open', who: RAISERS },
  { row: '1a', command: 'RaiseFlag', events: ['RedFlagRaised', 'RedFlagCleared'], from: ['none'], to: 'cleared',
    who: ['physician'], when: 'settled in the same step' },
  { row: '2', command: 'ClearFlag', events: ['RedFlagCleared'], from: STANDING, to: 'cleared', who: ['physician'] },
  { row: '2a', command: 'ClearByRecheck', events: ['RedFlagCleared'], from: STANDING, to: 'cleared', who: ['system'] },
  { row: '3', command: 'ConfirmFlag', events: ['RedFlagConfirmed'], from: ['open'], to: 'confirmed', who: ['physician'] },
  { row: '4', command: 'RecordCall', events: ['RedFlagCommunicated'], from: ['open', 'confirmed', 'cleared'], to: 'same',
    who: CALLERS },
];

export const flagLifecycle = lifecycle(STAGES, TRANSITIONS);
