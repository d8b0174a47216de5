/** The parts of an order that are fields. */
import { Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rehearsal } from '../api/use-service.js';
import { DRAFTED } from '../api/commands.js';
import { NumberTyped } from '../parts/NumberTyped.js';
import { names } from '../words/names.js';
import type { Content } from './content.js';

/** What is said otherwise; of what was said last, where it depends on that. */
export type Change = Partial<Content> | ((now: Content) => Partial<Content>);

export interface PartProps {
  readonly patientId: string;
  /** As precise as it is known. */
  readonly birthDate: string | null;
  readonly content: Content;
  /** What the service would say now, of what is saved. */
  readonly refusals: Rehearsal['refusals'];
  readonly change: (part: Change) => void;
}

const LONGEST = 4000;
export const LONG_TEXT = {
  autosize: true,
  minRows: 2,
  maxRows: 12,
  maxLength: LONGEST,
  dir: 'auto',
} as const;

export const wordsOrNothing = (text: string): string | undefined => (text === '' ? undefined : text);

const isDay = (text: string | undefined): boolean => DRAFTED.referrals.shape.onset.safeParse(text).success;

/** As precise as it is known; half a day is told once somebody has gone on. */
const Onset = ({ content: { onset }, change }: Pick<PartProps, 'content' | 'change'>) => {
  const { t } = useTranslation();
  const [typing, setTyping] = useState(false);
  return (
    <TextInput
      label={t('order.onset')}
      description={t('order.onsetHelp')}
      error={!typing && !isDay(onset) && t('order.onsetUnread')}
      value={onset ?? ''}
      onFocus={() => setTyping(true)}
      onBlur={() => setTyping(false)}
      onChange={({ currentTarget }) => change({ onset: wordsOrNothing(currentTarget.value.trim()) })}
    />
  );
};

export const Words = ({ content, change }: PartProps) => {
  const { t } = useTranslation();
  return (
    <Stack>
      <Textarea
        {...LONG_TEXT}
        label={t('order.clinicalQuestion')}
        value={content.clinicalQuestion ?? ''}
        onChange={({ currentTarget }) => change({ clinicalQuestion: wordsOrNothing(currentTarget.value) })}
      />
      <Group grow align="flex-start">
        <Onset content={content} change={change} />
        <Select
          label={t('order.priority')}
          data={Object.keys(names.priority).map((value) => ({
            value,
            label: t(`names.priority.${value as keyof typeof names.priority}`),
          }))}
          value={content.priority ?? null}
          onChange={(value) => change({ priority: (value ?? undefined) as Content['priority'] })}
        />
      </Group>
    </Stack>
  );
};

type Category = keyof typeof names.goal;
const CATEGORIES = Object.keys(names.goal) as readonly Category[];

/** By the five benefits; what is empty is no goal. */
export const Goals = ({ content: { goals = [] }, change }: PartProps) => {
  const { t } = useTranslation();
  const type = (category: Category, text: string): void => {
    const rest = goals.filter((goal) => goal.category !== category);
    change({ goals: text === '' ? rest : [...rest, { category, text }] });
  };
  return (
    <Stack>
      {CATEGORIES.map((category) => (
        <TextInput
          key={category}
          dir="auto"
          maxLength={LONGEST}
          label={t(`names.goal.${category}`)}
          value={goals.find((goal) => goal.category === category)?.text ?? ''}
          onChange={({ currentTarget }) => type(category, currentTarget.value)}
        />
      ))}
    </Stack>
  );
};

const DOSE = [
  ['frequencyPerWeek', { min: 0.5, max: 7, step: 0.5 }],
  ['weeks', { min: 1, max: 26, allowDecimal: false }],
  ['visits', { min: 1, max: 60, allowDecimal: false }],
] as const;
const USUAL = { frequencyPerWeek: 2, weeks: 4, visits: 8 };

export const Dose = ({ content: { requested }, change }: PartProps) => {
  const { t } = useTranslation();
  // One that is emptied to be typed anew takes the others away, and brings them back.
  const [last, remember] = useState(requested ?? USUAL);
  return (
    <Group grow align="flex-start">
      {DOSE.map(([part, bounds]) => (
        <NumberTyped
          key={part}
          label={t(`order.${part}`)}
          {...bounds}
          value={requested?.[part]}
          change={(value) => {
            const said = { ...(requested ?? last), ...(value === undefined ? {} : { [part]: value }) };
            remember(said);
            change({ requested: value === undefined ? undefined : said });
          }}
        />
      ))}
    </Group>
  );
};

export const Payer = ({ content: { payer }, change }: PartProps) => {
  const { t } = useTranslation();
  return (
    <Select
      label={t('order.payer')}
      data={Object.keys(names.payer).map((value) => ({
        value,
        label: t(`names.payer.${value as keyof typeof names.payer}`),
      }))}
      value={payer?.profile ?? null}
      onChange={(profile) =>
        change({ payer: profile === null ? undefined : { profile: profile as keyof typeof names.payer } })
      }
    />
  );
};
