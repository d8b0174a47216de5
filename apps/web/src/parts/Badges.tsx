import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';

type Referral = Answer<'getReferral'>;

const COLOURS: Readonly<Record<NonNullable<Referral['priority']>, string>> = {
  routine: 'gray',
  urgent: 'orange',
  asap: 'orange',
  stat: 'red',
};

export const Priority = ({ priority }: { readonly priority: NonNullable<Referral['priority']> }) => {
  const { t } = useTranslation();
  return (
    <Badge color={COLOURS[priority]} variant="light" autoContrast>
      {t(`names.priority.${priority}`)}
    </Badge>
  );
};

/** @param mine the caller's organisation */
export const moveOf = (
  { whoseMove, referrer, recipient }: Pick<Referral, 'whoseMove' | 'referrer' | 'recipient'>,
  mine: string | null,
): 'mine' | 'theirs' | 'nobody' => {
  if (whoseMove === 'nobody') return 'nobody';
  const mover =
    whoseMove === 'referrer'
      ? referrer.organizationId
      : whoseMove === 'recipient'
        ? recipient?.organizationId
        : undefined;
  return mover !== undefined && mover === mine ? 'mine' : 'theirs';
};

export const Move = ({ move }: { readonly move: 'mine' | 'theirs' | 'nobody' }) => {
  const { t } = useTranslation();
  return (
    <Badge
      color={move === 'mine' ? 'teal' : 'gray'}
      variant={move === 'mine' ? 'filled' : 'light'}
      autoContrast
    >
      {t(`move.${move}`)}
    </Badge>
  );
};
