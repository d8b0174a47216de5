/** Above a form that is as somebody left it: nobody takes it for what they just typed. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export const Found = ({ anew }: { readonly anew: () => void }) => {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" role="status">
      <Text size="sm">{t('kept.found')}</Text>
      <Button variant="subtle" size="compact-md" mih={44} onClick={anew}>
        {t('kept.anew')}
      </Button>
    </Group>
  );
};
