/** The zone in which an organisation counts its days, put right. Loaded with the first. */
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormDialog } from './FormDialog.js';
import type { Organization } from './organization.js';
import { useDialogAct } from './use-dialog-act.js';
import { ZoneSelect } from './ZoneSelect.js';

interface CorrectingZoneProps {
  readonly organization: Organization;
  readonly close: () => void;
}

export const CorrectingZone = ({ organization, close }: CorrectingZoneProps) => {
  const { t } = useTranslation();
  const { id, name, timeZone: current } = organization;
  const { typed, type, send, dialog } = useDialogAct(
    { collection: 'organizations', command: 'CorrectTimeZone', id, close },
    { timeZone: current },
  );
  const { timeZone } = typed;
  const submit = (): void => {
    if (timeZone !== '') send({ timeZone });
  };
  return (
    <FormDialog
      title={t('directory.zone.correct')}
      send={t('directory.zone.send')}
      {...dialog}
      submit={submit}
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
