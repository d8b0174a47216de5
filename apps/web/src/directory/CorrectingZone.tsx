/** The zone in which an organisation counts its days, put right. Loaded with the first. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { useKept } from '../kept/use-kept.js';
import { FormDialog } from './FormDialog.js';
import type { Organization } from './organization.js';
import { ZoneSelect } from './ZoneSelect.js';

interface CorrectingZoneProps {
  readonly organization: Organization;
  readonly close: () => void;
}

export const CorrectingZone = ({ organization, close }: CorrectingZoneProps) => {
  const { t } = useTranslation();
  const { id, name, timeZone: current } = organization;
  const act = useAct<'organizations', 'CorrectTimeZone'>('organizations');
  const { typed, type, key, found, forget } = useKept(`CorrectTimeZone.${id}`, { timeZone: current });
  const { timeZone } = typed;
  const submit = (): void => {
    if (timeZone === '' || act.isPending) return;
    const done = (): void => {
      forget();
      close();
    };
    act.mutate({ id, command: 'CorrectTimeZone', body: { timeZone }, key }, { onSuccess: done });
  };
  return (
    <FormDialog
      title={t('directory.zone.correct')}
      send={t('directory.zone.send')}
      kept={{ found, forget }}
      act={act}
      submit={submit}
      close={close}
    >
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{name}</bdi>
      </Text>
      <Text>{t('directory.zone.meaning')}</Text>
      <ZoneSelect
        data-autofocus
        current={current}
        value={timeZone}
        choose={(zone) => type({ timeZone: zone })}
      />
    </FormDialog>
  );
};
