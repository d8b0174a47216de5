/** An organisation that is new in the directory. Loaded with the first. */
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreate } from '../api/use-service.js';
import { useKept } from '../kept/use-kept.js';
import { FormDialog } from './FormDialog.js';
import { begunIn, KINDS, missingIn, registrationOf, type Needed, type Typed } from './organization.js';
import { ownZone } from './zones.js';
import { ZoneSelect } from './ZoneSelect.js';

const LONGEST = 300;

export const RegisteringOrganization = ({ close }: { readonly close: () => void }) => {
  const { t } = useTranslation();
  const create = useCreate<'organizations', 'RegisterOrganization'>('organizations');
  const { typed, type, key, found, forget } = useKept('RegisterOrganization', begunIn(ownZone()));
  const [tried, setTried] = useState(false);
  const missing = missingIn(typed);
  const error = (part: Needed) => tried && missing.includes(part) && t('act.needed');
  const change = (part: Partial<Typed>): void => type((now) => ({ ...now, ...part }));
  const submit = (): void => {
    setTried(true);
    const body = registrationOf(typed);
    if (body === undefined || create.isPending) return;
    const done = (): void => {
      forget();
      close();
    };
    create.mutate({ command: 'RegisterOrganization', body, key }, { onSuccess: done });
  };
  return (
    <FormDialog
      title={t('directory.organizations.register')}
      send={t('directory.organizations.send')}
      kept={{ found, forget }}
      act={create}
      submit={submit}
      close={close}
    >
      <TextInput
        data-autofocus
        dir="auto"
        autoComplete="off"
        maxLength={LONGEST}
        label={t('directory.organizations.name')}
        required
        error={error('name')}
        value={typed.name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
      />
      <Select
        label={t('directory.organizations.kind')}
        required
        error={error('kind')}
        data={KINDS.map((value) => ({ value, label: t(`directory.kinds.${value}`) }))}
        value={typed.kind === '' ? null : typed.kind}
        onChange={(kind) => change({ kind: kind ?? '' })}
      />
      <ZoneSelect
        current={typed.timeZone}
        value={typed.timeZone}
        error={error('timeZone')}
        choose={(timeZone) => change({ timeZone })}
      />
      <TextInput
        dir="auto"
        autoComplete="off"
        inputMode="tel"
        maxLength={LONGEST}
        label={t('directory.organizations.phone')}
        value={typed.phone}
        onChange={({ currentTarget }) => change({ phone: currentTarget.value })}
      />
    </FormDialog>
  );
};
