/** Which days, whose, and what to do with them. */
import { ActionIcon, Button, Group, SegmentedControl, Select, TextInput, useDirection } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isDay } from '../parts/zone.js';
import { turned, VIEWS, type Turn, type View } from './shown.js';
import type { Therapist } from './use-clinic.js';

interface BarProps {
  readonly day: string;
  readonly today: string;
  readonly view: View;
  readonly therapist: string | undefined;
  readonly therapists: readonly Therapist[];
  readonly go: (to: Turn) => void;
  readonly book: (() => void) | undefined;
  readonly print: (() => void) | undefined;
}

const Turning = ({ day, today, view, go }: Pick<BarProps, 'day' | 'today' | 'view' | 'go'>) => {
  const { t } = useTranslation();
  const { dir } = useDirection();
  const [Back, On] =
    dir === 'rtl' ? [IconChevronRight, IconChevronLeft] : [IconChevronLeft, IconChevronRight];
  return (
    <Group gap="xs">
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t(`schedule.before.${view}`)}
        onClick={() => go({ day: turned(view, day, -1) })}
      >
        <Back size={18} aria-hidden />
      </ActionIcon>
      <Button variant="default" onClick={() => go({ day: today })}>
        {t('schedule.today')}
      </Button>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t(`schedule.next.${view}`)}
        onClick={() => go({ day: turned(view, day, 1) })}
      >
        <On size={18} aria-hidden />
      </ActionIcon>
      <TextInput
        type="date"
        aria-label={t('schedule.goTo')}
        value={day}
        onChange={({ currentTarget: { value } }) => isDay(value) && go({ day: value })}
      />
    </Group>
  );
};

export const Bar = ({ day, today, view, therapist, therapists, go, book, print }: BarProps) => {
  const { t } = useTranslation();
  return (
    <Group gap="sm" justify="space-between">
      <Group gap="sm">
        <Turning {...{ day, today, view, go }} />
        <SegmentedControl
          role="radiogroup"
          aria-label={t('schedule.view')}
          value={view}
          onChange={(to) => go({ view: to })}
          data={VIEWS.map((value) => ({ value, label: t(`schedule.views.${value}`) }))}
        />
        {therapists.length > 1 && (
          <Select
            aria-label={t('schedule.whose')}
            clearable
            placeholder={t('schedule.everyone')}
            data={therapists.map(({ id, name }) => ({ value: id, label: name }))}
            value={therapist ?? null}
            onChange={(id) => go({ therapist: id ?? undefined })}
          />
        )}
      </Group>
      <Group gap="sm">
        {print !== undefined && (
          <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={print}>
            {t('schedule.print')}
          </Button>
        )}
        {book !== undefined && <Button onClick={book}>{t('schedule.book')}</Button>}
      </Group>
    </Group>
  );
};
