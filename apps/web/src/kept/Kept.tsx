/** Whether what was typed is kept. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Saving } from './keeping.js';

export const Kept = ({ saving }: { readonly saving: Saving }) => {
  const { t } = useTranslation();
  return (
    <Text size="sm" c="dimmed" role="status">
      {t(`order.${saving}`)}
    </Text>
  );
};
