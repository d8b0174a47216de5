/** A number that is always there: emptied and left, the field shows again what holds. */
import { NumberTyped, type NumberTypedProps } from './NumberTyped.js';

interface NumberKeptProps extends Omit<NumberTypedProps, 'value' | 'change' | 'isKept'> {
  readonly value: number;
  readonly change: (value: number) => void;
}

export const NumberKept = ({ change, ...props }: NumberKeptProps) => (
  <NumberTyped
    {...props}
    isKept
    change={(typed) => {
      if (typed !== undefined) change(typed);
    }}
  />
);
