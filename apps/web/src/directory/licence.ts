/** A licence as it is typed, what is wrong with it, and what the service is sent of it. */
import type { BodyOf } from '../api/commands.js';
import { isDay } from '../parts/zone.js';

export interface Typed {
  readonly kind: string;
  /** Of the United States, as it is written on the licence. */
  readonly state: string;
  readonly number: string;
  readonly from: string;
  readonly to: string;
}

export const NO_LICENCE: Typed = { kind: '', state: '', number: '', from: '', to: '' };

export type Wrong = keyof Typed | 'reversed';

export const wrongIn = ({ kind, state, number, from, to }: Typed): readonly Wrong[] => {
  const whole = isDay(from) && isDay(to);
  const parts: readonly (readonly [Wrong, boolean])[] = [
    ['kind', kind.trim() === ''],
    ['state', state.trim() === ''],
    ['number', number.trim() === ''],
    ['from', !isDay(from)],
    ['to', !isDay(to)],
    ['reversed', whole && from > to],
  ];
  return parts.filter(([, wrong]) => wrong).map(([part]) => part);
};

export const licenceOf = ({
  kind,
  state,
  number,
  from,
  to,
}: Typed): BodyOf<'practitioners', 'RecordLicence'> => ({
  kind: kind.trim(),
  state: state.trim(),
  number: number.trim(),
  from,
  to,
});
