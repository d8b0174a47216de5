/** A licence more of somebody. Loaded with the first. */
import { SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from './FormDialog.js';
import { licenceOf, NO_LICENCE, wrongIn, type Typed, type Wrong } from './licence.js';
import { useDialogAct } from './use-dialog-act.js';

/** What is typed, and how long it may be. */
const TEXTS = [
  ['kind', 100],
  ['state', 40],
  ['number', 100],
] as const;

const ENDS = ['from', 'to'] as const;

interface FieldsProps {
  readonly typed: Typed;
  readonly change: (part: Partial<Typed>) => void;
  readonly wrong: readonly Wrong[];
}

const Fields = ({ typed, change, wrong }: FieldsProps) => {
  const { t } = useTranslation();
  const errorOf = (part: keyof Typed) => {
    if (wrong.includes(part)) return t('act.needed');
    return part === 'to' && wrong.includes('reversed') && t('directory.licence.reversed');
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {TEXTS.map(([part, longest]) => (
        <TextInput
          key={part}
          {...(part === 'kind' ? { 'data-autofocus': true } : {})}
          dir="auto"
          autoComplete="off"
          maxLength={longest}
          label={t(`directory.licence.${part}`)}
          description={part === 'state' && t('directory.licence.stateHelp')}
          required
          error={errorOf(part)}
          value={typed[part]}
          onChange={({ currentTarget }) => change({ [part]: currentTarget.value })}
        />
      ))}
      {ENDS.map((end) => (
        <TextInput
          key={end}
          type="date"
          label={t(`directory.licence.${end}`)}
          required
          error={errorOf(end)}
          value={typed[end]}
          onChange={({ currentTarget }) => change({ [end]: currentTarget.value })}
        />
      ))}
    </SimpleGrid>
  );
};

export const RecordingLicence = ({ id, close }: { readonly id: string; readonly close: () => void }) => {
  const { t } = useTranslation();
  const { typed, type, send, dialog } = useDialogAct(
    { collection: 'practitioners', command: 'RecordLicence', id, close },
    NO_LICENCE,
  );
  const [tried, setTried] = useState(false);
  const wrong = wrongIn(typed);
  const submit = (): void => {
    setTried(true);
    if (wrong.length === 0) send(licenceOf(typed));
  };
  return (
    <FormDialog
      title={t('directory.licences.record')}
      send={t('directory.licence.send')}
      {...dialog}
      submit={submit}
    >
      <Fields
        typed={typed}
        change={(part) => type((now) => ({ ...now, ...part }))}
        wrong={tried ? wrong : []}
      />
    </FormDialog>
  );
};
