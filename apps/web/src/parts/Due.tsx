/** Until when something is to be done, and whether that is over. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Moment } from './Moment.js';
import { useNow } from './use-now.js';

export const Due = ({ at }: { readonly at: string }) => {
  const { t } = useTranslation();
  const late = Date.parse(at) < useNow();
  return (
    <Text component="span" {...(late ? { c: 'var(--mantine-color-error)', fw: 600 } : {})}>
      <Moment at={at} />
      {late && ` (${t('tasks.late')})`}
    </Text>
  );
};
