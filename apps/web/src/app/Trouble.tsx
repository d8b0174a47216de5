/** What is shown where there is no page, and where one broke. */
import { Button } from '@mantine/core';
import { useQueryClient, useQueryErrorResetBoundary } from '@tanstack/react-query';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AGAIN_MS, maySucceedLater, Problem } from '../api/problem.js';
import { Empty, Trouble } from '../parts/states.js';
import { useSession } from '../session/session.js';
import { loadSettings } from '../session/settings.js';

export const Missing = () => {
  const { t } = useTranslation();
  return <Empty alone title={t('state.missing')} text={t('state.missingText')} />;
};

/** A part of the pages that did not come, as browsers say it. */
const NOT_LOADED = /dynamically imported module|importing a module script|preload css/i;

/** Loaded again where nobody answers, it would be the browser's own page, which does not come back by itself. */
const reloads = (): Promise<void> =>
  loadSettings().then(
    () => location.reload(),
    () => undefined,
  );

/** What could not be answered then may be now: it is asked again by itself. */
const useAgain = ({ error, reset }: ErrorComponentProps): void => {
  const queries = useQueryClient();
  const { reset: forget } = useQueryErrorResetBoundary();
  useEffect(() => {
    if (!(error instanceof Error)) return undefined;
    const isMissing = NOT_LOADED.test(error.message);
    if (!isMissing && !maySucceedLater(error)) return undefined;
    const again = setInterval(() => {
      if (isMissing) {
        void reloads();
        return;
      }
      queries.removeQueries({ predicate: ({ state }) => state.status === 'error' });
      forget();
      reset();
    }, AGAIN_MS);
    return () => clearInterval(again);
  }, [error, reset, forget, queries]);
};

export const Broken = (props: ErrorComponentProps) => {
  const { error } = props;
  useAgain(props);
  const { t } = useTranslation();
  const { end } = useSession();
  if (error instanceof Problem && (error.code === 'ACCOUNT_UNKNOWN' || error.status === 403))
    return (
      <Empty alone title={t('session.noAccount')} text={t('session.noAccountText')}>
        <Button onClick={() => void end()}>{t('account.signOut')}</Button>
      </Empty>
    );
  return (
    <>
      <Trouble error={error instanceof Error ? error : new Error('not an error')} />
      <Button mt="md" onClick={() => location.reload()}>
        {t('state.reload')}
      </Button>
    </>
  );
};

/** Before anything stands around it. */
export const BrokenAlone = (props: ErrorComponentProps) => (
  <main>
    <Broken {...props} />
  </main>
);
