/** On which days nobody works at an organisation: business days are counted without them. Loaded with the first. */
import { Checkbox, Group, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { linesOf, weekdayName, WEEKDAYS } from './days-off.js';
import { FormDialog } from './FormDialog.js';
import type { Organization } from './organization.js';
import { useDialogAct } from './use-dialog-act.js';

/** Somebody works on one day of the week. */
const MOST_OFF = 6;

interface SettingDaysOffProps {
  readonly organization: Organization;
  readonly close: () => void;
}

export const SettingDaysOff = ({ organization, close }: SettingDaysOffProps) => {
  const { t } = useTranslation();
  const { id, name, daysOff } = organization;
  const { typed, type, send, dialog } = useDialogAct(
    { collection: 'organizations', command: 'SetWorkCalendar', id, close },
    { weekend: daysOff.weekend.map(String), holidays: daysOff.holidays.join('\n') },
  );
  const [tried, setTried] = useState(false);
  const { days, wrong } = linesOf(typed.holidays);
  const neverOpen = typed.weekend.length > MOST_OFF;
  const submit = (): void => {
    setTried(true);
    if (neverOpen || wrong.length > 0) return;
    send({ weekend: typed.weekend.map(Number), holidays: [...days] });
  };
  return (
    <FormDialog
      title={t('directory.daysOff.title')}
      send={t('directory.daysOff.send')}
      {...dialog}
      submit={submit}
    >
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{name}</bdi>
      </Text>
      <Text>{t('directory.daysOff.meaning')}</Text>
      <Checkbox.Group
        label={t('directory.daysOff.weekend')}
        error={tried && neverOpen && t('directory.daysOff.neverOpen')}
        value={[...typed.weekend]}
        onChange={(weekend) => type({ ...typed, weekend })}
      >
        <Group>
          {WEEKDAYS.map((weekday) => (
            <Checkbox
              key={weekday}
              value={String(weekday)}
              label={weekdayName(weekday)}
              {...(weekday === 1 ? { 'data-autofocus': true } : {})}
            />
          ))}
        </Group>
      </Checkbox.Group>
      <Textarea
        label={t('directory.daysOff.holidays')}
        description={t('directory.daysOff.holidaysHelp')}
        error={tried && wrong.length > 0 && t('directory.daysOff.wrong', { lines: wrong.join(', ') })}
        autosize
        minRows={3}
        maxRows={12}
        value={typed.holidays}
        onChange={({ currentTarget }) => type({ ...typed, holidays: currentTarget.value })}
      />
    </FormDialog>
  );
};
