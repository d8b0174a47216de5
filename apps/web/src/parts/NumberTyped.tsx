/** A number that may be missing. It stays as it is typed ("36." on its way to 36.6); one out of bounds is told, and never put right unseen. */
import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

type Own = 'value' | 'onChange' | 'clampBehavior' | 'error' | 'onFocus' | 'onBlur';

export interface NumberTypedProps extends Omit<NumberInputProps, Own> {
  readonly min: number;
  readonly max: number;
  readonly value: number | undefined;
  readonly change: (value: number | undefined) => void;
  /** There always is one: once it is left, the field shows what holds. */
  readonly isKept?: boolean;
}

const numberIn = (typed: number | string): number | undefined => {
  const number = Number(typed);
  return typed === '' || Number.isNaN(number) ? undefined : number;
};

export const NumberTyped = ({ value, change, isKept = false, ...props }: NumberTypedProps) => {
  const { t } = useTranslation();
  const { min, max } = props;
  const [shown, show] = useState<number | string>(value ?? '');
  const [isTyping, setTyping] = useState(false);
  useEffect(() => show((typed) => (numberIn(typed) === value ? typed : (value ?? ''))), [value]);
  const isOut = value !== undefined && (value < min || value > max);
  return (
    <NumberInput
      {...props}
      clampBehavior="none"
      error={isOut && !isTyping && t('kept.between', { min, max })}
      value={shown}
      onChange={(typed) => {
        show(typed);
        const number = numberIn(typed);
        if (number !== value) change(number);
      }}
      onFocus={() => setTyping(true)}
      onBlur={() => {
        setTyping(false);
        if (isKept && numberIn(shown) !== value) show(value ?? '');
      }}
    />
  );
};
