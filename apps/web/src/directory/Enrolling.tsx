/** Somebody who is new in the directory: who they are, how they sign in, and the role in which they begin. Loaded with the first. */
import { SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreate } from '../api/use-service.js';
import { useKept } from '../kept/use-kept.js';
import { enrolmentOf, missingIn, NOBODY, type Missing, type Typed } from './enrolment.js';
import { FormDialog } from './FormDialog.js';
import { RoleFields } from './RoleFields.js';

/** What is typed, and how long it may be. */
const TEXTS = [
  ['given', 200],
  ['family', 200],
  ['account', 200],
  ['npi', 20],
  ['taxonomies', 120],
] as const;

type Part = (typeof TEXTS)[number][0];

interface TextsProps {
  readonly typed: Typed;
  readonly change: (part: Partial<Typed>) => void;
  readonly missing: readonly Missing[];
}

const Texts = ({ typed, change, missing }: TextsProps) => {
  const { t } = useTranslation();
  const helpOf = (part: Part) => part !== 'given' && part !== 'family' && t(`directory.enrol.help.${part}`);
  const errorOf = (part: Part) => {
    if (part === 'given' || part === 'family') return missing.includes('name') && t('act.needed');
    return part !== 'account' && missing.includes(part) && t(`directory.enrol.wrong.${part}`);
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {TEXTS.map(([part, longest]) => (
        <TextInput
          key={part}
          {...(part === 'given' ? { 'data-autofocus': true } : {})}
          dir="auto"
          autoComplete="off"
          maxLength={longest}
          label={t(`directory.enrol.${part}`)}
          description={helpOf(part)}
          required={part === 'family'}
          error={errorOf(part)}
          value={typed[part]}
          onChange={({ currentTarget }) => change({ [part]: currentTarget.value })}
        />
      ))}
    </SimpleGrid>
  );
};

interface EnrollingProps {
  readonly enrolled: (id: string) => void;
  readonly close: () => void;
}

export const Enrolling = ({ enrolled, close }: EnrollingProps) => {
  const { t } = useTranslation();
  const create = useCreate<'practitioners', 'EnrolPractitioner'>('practitioners');
  const { typed, type, key, found, forget } = useKept('EnrolPractitioner', NOBODY);
  const [tried, setTried] = useState(false);
  const missing = tried ? missingIn(typed) : [];
  const change = (part: Partial<Typed>): void => type((now) => ({ ...now, ...part }));
  const submit = (): void => {
    setTried(true);
    const body = enrolmentOf(typed);
    if (body === undefined || create.isPending) return;
    create.mutate(
      { command: 'EnrolPractitioner', body, key },
      {
        onSuccess: ({ id }) => {
          forget();
          enrolled(id);
        },
      },
    );
  };
  return (
    <FormDialog
      title={t('directory.enrol.title')}
      send={t('directory.enrol.send')}
      kept={{ found, forget }}
      act={create}
      submit={submit}
      close={close}
    >
      <Texts typed={typed} change={change} missing={missing} />
      <RoleFields typed={typed} change={change} missing={missing} />
    </FormDialog>
  );
};
