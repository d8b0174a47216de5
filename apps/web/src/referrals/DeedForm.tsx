/** One thing that is done with a referral: what it asks for, everything that stands in the way at once, and nothing done twice. */
import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useAct } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { ListingSelect } from '../parts/ListingSelect.js';
import { Trouble } from '../parts/states.js';
import { names } from '../words/names.js';
import { CHOICES, deedOf, OPTIONAL, type ChoiceField, type Field, type OfferedDeed } from './deeds.js';
import { bodyOf, missingIn, NOTHING_TYPED, openQuestions, type Question, type Typed } from './form.js';

interface FieldProps {
  readonly field: Field;
  readonly typed: Typed;
  readonly asked: readonly Question[];
  /** What is still missing, once somebody tried. */
  readonly missing: readonly string[];
  readonly type: (typed: Typed) => void;
  /** It is where one begins to type. */
  readonly first: boolean;
}

/** An attribute that is not there is the only one that says no. */
const focused = (is: boolean) => (is ? { 'data-autofocus': true } : {});

const LONGEST = 4000;
const lines = { autosize: true, minRows: 2, maxRows: 12, maxLength: LONGEST } as const;

const Answers = ({ typed, asked, missing, type, first }: FieldProps) => {
  const { t } = useTranslation();
  return asked.map(({ questionId, text, mandatory }, n) => (
    <Textarea
      key={questionId}
      {...lines}
      {...focused(first && n === 0)}
      dir="auto"
      label={text}
      required={mandatory}
      error={missing.includes(questionId) && t('act.needed')}
      value={typed.answers[questionId] ?? ''}
      onChange={({ currentTarget }) =>
        type({ ...typed, answers: { ...typed.answers, [questionId]: currentTarget.value } })
      }
    />
  ));
};

const Questions = ({ typed, missing, type, first }: FieldProps) => {
  const { t } = useTranslation();
  return (
    <>
      {typed.questions.map((text, n) => (
        <Textarea
          key={n}
          {...lines}
          {...focused(first && n === 0)}
          dir="auto"
          label={`${t('act.question')} ${n + 1}`}
          required={n === 0}
          error={n === 0 && missing.includes('questions') && t('act.needed')}
          value={text}
          onChange={({ currentTarget }) =>
            type({ ...typed, questions: typed.questions.with(n, currentTarget.value) })
          }
        />
      ))}
      <Button variant="subtle" onClick={() => type({ ...typed, questions: [...typed.questions, ''] })}>
        {t('act.addQuestion')}
      </Button>
    </>
  );
};

const CODES = { declineReason: names.declineReason, outcomeKind: names.outcomeKind } as const;

/** One of several, by name. */
const Choice = ({ field, typed, missing, type, first }: FieldProps & { readonly field: ChoiceField }) => {
  const { t } = useTranslation();
  const label = (code: string): string =>
    t(`names.${field}.${code}` as 'names.declineReason.capacity' | 'names.outcomeKind.plateau');
  return (
    <Select
      {...focused(first)}
      label={t(`act.${field}`)}
      required
      error={missing.includes(field) && t('act.needed')}
      data={Object.keys(CODES[field]).map((value) => ({ value, label: label(value) }))}
      value={typed.fields[field] ?? null}
      onChange={(value) => type({ ...typed, fields: { ...typed.fields, [field]: value ?? '' } })}
    />
  );
};

const Listing = ({ typed, missing, type, first }: FieldProps) => {
  const { t } = useTranslation();
  return (
    <ListingSelect
      {...focused(first)}
      required
      error={missing.includes('listing') && t('act.needed')}
      value={typed.fields.listing ?? null}
      onChange={(value) => type({ ...typed, fields: { ...typed.fields, listing: value ?? '' } })}
    />
  );
};

const isChoice = (field: Field): field is ChoiceField => CHOICES.some((one) => one === field);

const FormField = (props: FieldProps) => {
  const { field, typed, missing, type, first } = props;
  const { t } = useTranslation();
  if (field === 'answers') return <Answers {...props} />;
  if (field === 'questions') return <Questions {...props} />;
  if (field === 'listing') return <Listing {...props} />;
  if (isChoice(field)) return <Choice {...props} field={field} />;
  const said = {
    ...focused(first),
    label: t(`act.${field}`),
    required: !OPTIONAL.includes(field),
    error: missing.includes(field) && t('act.needed'),
    value: typed.fields[field] ?? '',
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      type({ ...typed, fields: { ...typed.fields, [field]: currentTarget.value } }),
  };
  return field === 'reviewBy' ? (
    <TextInput type="date" {...said} />
  ) : (
    <Textarea {...lines} dir="auto" {...said} />
  );
};

interface DeedFormProps {
  readonly deed: OfferedDeed;
  readonly referral: Answer<'getReferral'>;
  readonly close: () => void;
}

export const DeedForm = ({ deed, referral, close }: DeedFormProps) => {
  const { t } = useTranslation();
  const act = useAct('referrals');
  const { typed, type, key, found, forget } = useKept(`${deed}.${referral.id}`, NOTHING_TYPED);
  const [tried, setTried] = useState(false);
  const asked = openQuestions(referral);
  const missing = missingIn(deed, typed, asked);
  const { fields, ends = false } = deedOf(deed);
  const send = (): void => {
    setTried(true);
    if (missing.length > 0) return;
    const done = (): void => {
      forget();
      close();
    };
    act.mutate({ id: referral.id, command: deed, body: bodyOf(deed, typed), key }, { onSuccess: done });
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t(`names.deed.${deed}`)}
      centered
      closeButtonProps={{ 'aria-label': t('act.cancel') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        noValidate
      >
        <Stack>
          {found && <Found anew={forget} />}
          {fields.map((field, n) => (
            <FormField
              key={field}
              {...{ field, typed, asked, type }}
              first={n === 0}
              missing={tried ? missing : []}
            />
          ))}
          {act.error !== null && <Trouble error={act.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('act.cancel')}
            </Button>
            <Button
              type="submit"
              loading={act.isPending}
              {...(ends ? { color: 'red' } : {})}
              {...focused(fields.length === 0)}
            >
              {t(`names.deed.${deed}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
