/** One thing that is done with a referral: what it asks for, everything that stands in the way at once, and nothing done twice. */
import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useAct } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { ListingSelect } from '../parts/ListingSelect.js';
import { Modal } from '../parts/Modal.js';
import { goToMissing } from '../parts/missing.js';
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
  readonly required: boolean;
  /** What it is called here, where that is not what it is called elsewhere. */
  readonly label: string | undefined;
  /** It is where one begins to type. */
  readonly first: boolean;
}

/** An attribute that is not there is the only one that says no. */
const focused = (is: boolean) => (is ? { 'data-autofocus': true } : {});

const LONGEST = 4000;
const lines = { autosize: true, minRows: 2, maxRows: 12, maxLength: LONGEST } as const;

/** A question is what somebody wrote: a word of it may be longer than a line. */
const BREAKS = { label: { overflowWrap: 'anywhere' } } as const;

const Answers = ({ typed, asked, missing, type, first }: FieldProps) => {
  const { t } = useTranslation();
  return asked.map(({ questionId, text, mandatory }, n) => (
    <Textarea
      key={questionId}
      {...lines}
      {...focused(first && n === 0)}
      dir="auto"
      styles={BREAKS}
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
  const { field, typed, missing, type, first, required, label } = props;
  const { t } = useTranslation();
  if (field === 'answers') return <Answers {...props} />;
  if (field === 'questions') return <Questions {...props} />;
  if (field === 'listing') return <Listing {...props} />;
  if (isChoice(field)) return <Choice {...props} field={field} />;
  const said = {
    ...focused(first),
    label: label ?? t(`act.${field}`),
    required,
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

interface Asks {
  readonly fields: readonly Field[];
  /** Of those that may be left empty elsewhere. */
  readonly needed: readonly Field[];
}

export interface DeedFormProps {
  readonly deed: OfferedDeed;
  readonly referral: Answer<'getReferral'>;
  readonly close: () => void;
  /** What it is about, beside its name. */
  readonly about?: string;
  /** What is to be seen before anything is typed. */
  readonly head?: ReactNode;
  /** What is known already. */
  readonly begun?: Typed;
  /** What this case asks for, where that depends on what is said. */
  readonly asks?: (typed: Typed) => Asks;
  readonly labels?: Readonly<Partial<Record<Field, string>>>;
}

const isEmpty = (text = ''): boolean => text.trim() === '';

/** What ends the form stays in sight where much stands before it. */
const IN_SIGHT = { pos: 'sticky', bottom: 0, bg: 'var(--mantine-color-body)', py: 'sm' } as const;

export const DeedForm = (props: DeedFormProps) => {
  const { deed, referral, close, about, head, begun, asks, labels = {} } = props;
  const { t } = useTranslation();
  const act = useAct('referrals');
  const { typed, type, key, found, forget } = useKept(`${deed}.${referral.id}`, begun ?? NOTHING_TYPED);
  const [tried, setTried] = useState(false);
  const asked = openQuestions(referral);
  const { ends = false, ...usual } = deedOf(deed);
  const { fields, needed } = asks?.(typed) ?? { ...usual, needed: [] };
  const missing = [
    ...missingIn(deed, typed, asked),
    ...needed.filter((field) => isEmpty(typed.fields[field])),
  ];
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
      onClose={close}
      title={[t(`names.deed.${deed}`), about].filter((said) => said !== undefined).join(': ')}
      centered
      size={head === undefined ? 'md' : 'xl'}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          goToMissing(event.currentTarget);
          send();
        }}
        noValidate
      >
        <Stack>
          {head}
          {found && <Found anew={forget} />}
          {fields.map((field, n) => (
            <FormField
              key={field}
              {...{ field, typed, asked, type }}
              label={labels[field]}
              required={!OPTIONAL.includes(field) || needed.includes(field)}
              // What stands above it is read first.
              first={n === 0 && head === undefined}
              missing={tried ? missing : []}
            />
          ))}
          {act.error !== null && <Trouble error={act.error} />}
          <Group justify="flex-end" {...(head === undefined ? {} : IN_SIGHT)}>
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
