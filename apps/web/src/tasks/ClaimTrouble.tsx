/** Why a task could not be taken: where somebody was first, who. */
import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import { useList } from '../api/use-service.js';
import { Trouble } from '../parts/states.js';
import { useMe } from '../session/me.js';

const MOST = 200;

const First = ({ error, practitionerId }: { readonly error: Error; readonly practitionerId: string }) => {
  const { t } = useTranslation();
  const { organizationId } = useMe().actingAs;
  const { data } = useList('listPractitioners', {
    ...(organizationId === null ? {} : { organizationId }),
    limit: MOST,
  });
  const first = data?.pages[0]?.items.find(({ id }) => id === practitionerId);
  if (first === undefined) return <Trouble error={error} />;
  return (
    <Alert color="yellow" variant="light" role="alert">
      <Text>
        <bdi>{t('tasks.first', { name: first.name })}</bdi>
      </Text>
    </Alert>
  );
};

export const ClaimTrouble = ({ error }: { readonly error: Error }) => {
  const said = error instanceof Problem && error.code === 'TASK_CLAIMED' ? error.document.about : undefined;
  const first = said?.['practitionerId'];
  return typeof first === 'string' ? (
    <First error={error} practitionerId={first} />
  ) : (
    <Trouble error={error} />
  );
};
