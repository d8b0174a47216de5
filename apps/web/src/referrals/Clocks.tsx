/** The clocks of an order: of a row the one that ends first, on its page all that stand. */
import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { Due } from '../parts/Due.js';

type Order = Answer<'getReferral'>;

/** For what, and until when. */
export const NextDue = ({ what, at }: NonNullable<Order['nextDue']>) => {
  const { t } = useTranslation();
  return (
    <Text size="sm">
      {t(`names.deadline.${what}`)}: <Due at={at} />
    </Text>
  );
};

const NEVER = '9999';

/** What ends first, first; then what stands still. */
export const Clocks = ({ deadlines }: Pick<Order, 'deadlines'>) => {
  const { t } = useTranslation();
  if (deadlines.length === 0) return undefined;
  const inOrder = deadlines.toSorted((a, b) => ((a.dueAt ?? NEVER) < (b.dueAt ?? NEVER) ? -1 : 1));
  return (
    <Group component="ul" gap="lg" p={0} aria-label={t('referral.clocks')} style={{ listStyle: 'none' }}>
      {inOrder.map(({ name, whose, dueAt }) => (
        <Text component="li" size="sm" key={name}>
          {t(`names.deadline.${name}`)} ({t(`referral.whose.${whose}`)}):{' '}
          {dueAt === null ? t('referral.standsStill') : <Due at={dueAt} />}
        </Text>
      ))}
    </Group>
  );
};
