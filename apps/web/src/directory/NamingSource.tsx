/** A system whose files are imported for an organisation, by its URI. Loaded with the first. */
import { Checkbox, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from './FormDialog.js';
import { isUri, type Organization } from './organization.js';
import { useDialogAct } from './use-dialog-act.js';

const LONGEST = 300;

interface NamingSourceProps {
  readonly organization: Organization;
  readonly close: () => void;
}

export const NamingSource = ({ organization, close }: NamingSourceProps) => {
  const { t } = useTranslation();
  const { id, name, sources } = organization;
  const { typed, type, send, dialog } = useDialogAct(
    { collection: 'organizations', command: 'RegisterSourceSystem', id, close },
    { system: '', byDefault: sources.length === 0 },
  );
  const [tried, setTried] = useState(false);
  const system = typed.system.trim();
  const errorOf = () => {
    if (system === '') return t('act.needed');
    return !isUri(system) && t('directory.source.wrong');
  };
  const submit = (): void => {
    setTried(true);
    if (isUri(system)) send({ system, byDefault: typed.byDefault });
  };
  return (
    <FormDialog
      title={t('directory.source.title')}
      send={t('directory.source.send')}
      {...dialog}
      submit={submit}
    >
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        <bdi>{name}</bdi>
      </Text>
      <TextInput
        data-autofocus
        dir="auto"
        autoComplete="off"
        inputMode="url"
        maxLength={LONGEST}
        label={t('directory.source.system')}
        description={t('directory.source.systemHelp')}
        required
        error={tried && errorOf()}
        value={typed.system}
        onChange={({ currentTarget }) => type({ ...typed, system: currentTarget.value })}
      />
      <Checkbox
        label={t('directory.source.byDefaultLabel')}
        description={t('directory.source.byDefaultHelp')}
        checked={typed.byDefault}
        onChange={({ currentTarget }) => type({ ...typed, byDefault: currentTarget.checked })}
      />
    </FormDialog>
  );
};
