/** Above the latest part of a history: what was before it. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export const Earlier = ({ busy, show }: { readonly busy: boolean; readonly show: () => void }) => {
  const { t } = useTranslation();
  return (
    <Button w="fit-content" mih={44} variant="default" loading={busy} onClick={show}>
      {t('state.earlier')}
    </Button>
  );
};
