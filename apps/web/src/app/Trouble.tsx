/** What is shown where there is no page, and where one broke. */
import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import { Empty, Trouble } from '../parts/states.js';

export const Missing = () => {
  const { t } = useTranslation();
  return <Empty alone title={t('state.missing')} text={t('state.missingText')} />;
};

export const Broken = ({ error }: ErrorComponentProps) => {
  const { t } = useTranslation();
  if (error instanceof Problem && (error.code === 'ACCOUNT_UNKNOWN' || error.status === 403))
    return <Empty alone title={t('session.noAccount')} text={t('session.noAccountText')} />;
  return (
    <>
      <Trouble error={error instanceof Error ? error : new Error('not an error')} />
      <Button mt="md" onClick={() => location.reload()}>
        {t('state.reload')}
      </Button>
    </>
  );
};
