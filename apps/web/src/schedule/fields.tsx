/** Fields that booking and moving have in common. */
import { Group, Select, TextInput, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NumberTyped } from '../parts/NumberTyped.js';
import type { Therapist } from './use-clinic.js';
import type { When } from './typed.js';

interface WhenFieldsProps {
  readonly when: When;
  readonly change: (when: Partial<When>) => void;
  /** Of a list whose rows say what they are. */
  readonly unlabelled?: boolean;
}

/** Arrow keys in a time go by quarters of an hour. */
const STEP_SECONDS = 900;

export const WhenFields = ({ when, change, unlabelled = false }: WhenFieldsProps) => {
  const { t } = useTranslation();
  const named = (name: string) => (unlabelled ? { 'aria-label': name } : { label: name });
  return (
    <Group grow align="flex-start" gap="sm">
      <TextInput
        type="date"
        {...named(t('schedule.form.day'))}
        required
        value={when.day}
        onChange={({ currentTarget }) => change({ day: currentTarget.value })}
      />
      <TextInput
        type="time"
        step={STEP_SECONDS}
        {...named(t('schedule.form.start'))}
        required
        value={when.time}
        onChange={({ currentTarget }) => change({ time: currentTarget.value })}
      />
    </Group>
  );
};

const LONGEST_MINUTES = 480;

interface MinutesProps {
  /** 0 while nothing is typed. */
  readonly minutes: number;
  readonly change: (minutes: number) => void;
}

export const Minutes = ({ minutes, change }: MinutesProps) => {
  const { t } = useTranslation();
  return (
    <NumberTyped
      label={t('schedule.form.minutes')}
      required
      min={5}
      max={LONGEST_MINUTES}
      step={5}
      allowDecimal={false}
      value={minutes === 0 ? undefined : minutes}
      change={(typed) => change(typed ?? 0)}
    />
  );
};

interface TherapistSelectProps extends Omit<SelectProps, 'data' | 'label' | 'onChange' | 'value'> {
  readonly therapists: readonly Therapist[];
  readonly value: string;
  readonly choose: (id: string) => void;
}

export const TherapistSelect = ({ therapists, value, choose, ...props }: TherapistSelectProps) => {
  const { t } = useTranslation();
  return (
    <Select
      {...props}
      label={t('schedule.whose')}
      searchable
      data={therapists.map(({ id, name }) => ({ value: id, label: name }))}
      value={value === '' ? null : value}
      onChange={(id) => choose(id ?? '')}
    />
  );
};
