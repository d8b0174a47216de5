/** The visits of a clinic by day and by week: booked, moved, cancelled where they stand. */
import { Stack, Text, Title, useDirection } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '../api/use-service.js';
import { useShortcuts } from '../parts/shortcuts.js';
import { Empty, Incomplete, Loading, Trouble } from '../parts/states.js';
import { weekdayText, zoneText } from '../parts/times.js';
import { useNow } from '../parts/use-now.js';
import { useTitle } from '../parts/use-title.js';
import { clockText, dayIn, daysLater, minuteIn, momentAt } from '../parts/zone.js';
import { useMe } from '../session/me.js';
import { Bar } from './Bar.js';
import { BookDialog } from './BookDialog.js';
import { Calendar, STEP_MINUTES, type ColumnOf, type Place, type Shift } from './Calendar.js';
import { PrintedDay } from './PrintedDay.js';
import css from './schedule.module.css';
import { ANYBODY, daysOf, shownIn, turned, type Turn, type View } from './shown.js';
import { useClinic, type Clinic, type Therapist } from './use-clinic.js';
import { VisitDialog } from './VisitDialog.js';
import { spanIn, type Visit } from './visits.js';
import { BOOKERS } from './who-books.js';

const page = getRouteApi('/schedule');

type Opened = { readonly visit: string; readonly shift?: Shift | undefined } | { readonly place: Place };

/** Whoever left the clinic still has visits. */
const withThoseOf = (visits: readonly Visit[], therapists: readonly Therapist[]): readonly Therapist[] => {
  const known = new Set(therapists.map(({ id }) => id));
  const others = new Map(
    visits
      .filter(({ therapistId }) => !known.has(therapistId))
      .map(({ therapist }) => [therapist.id, therapist]),
  );
  return [...therapists, ...[...others.values()].map(({ id, name }) => ({ id, name: name ?? '' }))];
};

interface Sought {
  readonly days: readonly string[];
  readonly view: View;
  readonly therapist: string | undefined;
}

const columnsOf = (
  { days, view, therapist }: Sought,
  visits: readonly Visit[],
  { zone, therapists }: Clinic,
): readonly ColumnOf[] => {
  const spans = visits.map((visit) => spanIn(visit, zone));
  const whose = withThoseOf(visits, therapists).filter(
    ({ id }) => therapist === undefined || id === therapist,
  );
  if (view === 'day')
    return whose.map((one) => ({
      key: one.id,
      title: one.name,
      day: days[0] ?? '',
      therapist: one,
      spans: spans.filter(({ visit }) => visit.therapistId === one.id),
    }));
  return days.map((day) => ({
    key: day,
    title: weekdayText(day, 'short'),
    day,
    therapist: therapist === undefined ? undefined : whose[0],
    spans: spans.filter((span) => span.day === day),
  }));
};

const useKeys = (keys: Readonly<Record<string, () => void>>, idle: boolean): void => {
  const { on } = useShortcuts();
  useHotkeys(on && idle ? Object.entries(keys).map(([key, deed]) => [key, deed] as const) : []);
};

/** The next quarter of an hour where today is shown, else when work begins. */
const firstPlace = (day: string, today: string, now: number, zone: string): Place => {
  const minute = minuteIn(new Date(now).toISOString(), zone);
  const next = (Math.floor(minute / STEP_MINUTES) + 1) * STEP_MINUTES;
  return { day, time: clockText(day === today && next < 24 * 60 ? next : 9 * 60) };
};

const Shows = ({ clinic }: { readonly clinic: Clinic }) => {
  const { t } = useTranslation();
  const { dir } = useDirection();
  const now = useNow();
  const { zone, therapists } = clinic;
  const today = dayIn(new Date(now).toISOString(), zone);
  const { day = today, view = 'day', therapist, book } = page.useSearch();
  const navigate = page.useNavigate();
  const { role } = useMe().actingAs;
  const [opened, open] = useState<Opened>();
  const [printing, setPrinting] = useState(false);
  const printed = useCallback(() => setPrinting(false), []);
  const days = daysOf(view, day);
  const { items, lacking, error, refetch } = useWhole('listSessions', {
    from: momentAt(days[0] ?? day, 0, zone),
    to: momentAt(daysLater(days.at(-1) ?? day, 1), 0, zone),
    ...(therapist === undefined ? {} : { therapistId: therapist }),
  });
  const go = (to: Turn): void => void navigate({ search: (was) => shownIn({ ...was, ...to }) });
  const books = BOOKERS.includes(role);
  const place = opened !== undefined && 'place' in opened ? opened.place : undefined;
  const visit = items?.find(({ id }) => opened !== undefined && 'visit' in opened && id === opened.visit);
  const booking = place ?? (book === undefined ? undefined : firstPlace(day, today, now, zone));
  const [back, on] = dir === 'rtl' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
  useKeys(
    {
      [back ?? '']: () => go({ day: turned(view, day, -1) }),
      [on ?? '']: () => go({ day: turned(view, day, 1) }),
      t: () => go({ day: today }),
      d: () => go({ view: 'day' }),
      w: () => go({ view: 'week' }),
    },
    visit === undefined && booking === undefined,
  );
  const closed = (booked?: string): void => {
    open(undefined);
    if (book !== undefined || booked !== undefined)
      go({ book: undefined, ...(booked === undefined ? {} : { day: booked }) });
  };
  const columns = columnsOf({ days, view, therapist }, items ?? [], clinic);
  return (
    <>
      <Stack className={css['onScreen']}>
        <Title order={1}>{t('schedule.title')}</Title>
        <Bar
          {...{ day, today, view, therapist, therapists, go }}
          book={books ? () => open({ place: firstPlace(day, today, now, zone) }) : undefined}
          print={view === 'day' && items !== undefined ? () => setPrinting(true) : undefined}
        />
        <div aria-live="polite">
          <Text fw={600}>
            {view === 'day'
              ? weekdayText(day, 'long')
              : t('schedule.from', {
                  from: weekdayText(days[0] ?? day, 'long'),
                  to: weekdayText(days.at(-1) ?? day, 'long'),
                })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('schedule.zone', { zone: zoneText(Date.parse(momentAt(day, 720, zone)), 'long', zone) })}
          </Text>
        </div>
        <Incomplete streams={lacking} />
        {error !== null && <Trouble error={error} again={() => void refetch()} />}
        {items === undefined && error === null && <Loading />}
        {items !== undefined && columns.length === 0 && (
          <Empty title={t('schedule.noTherapist')} text={t('schedule.noTherapistText')} />
        )}
        {items !== undefined && columns.length > 0 && (
          <Calendar
            {...{ columns, zone, now }}
            open={(one, shift) => open({ visit: one.id, shift })}
            begin={(at) => books && open({ place: at })}
          />
        )}
        {visit !== undefined && (
          <VisitDialog
            visit={visit}
            clinic={clinic}
            shift={opened !== undefined && 'visit' in opened ? opened.shift : undefined}
            close={() => open(undefined)}
          />
        )}
        {booking !== undefined && (
          <BookDialog
            place={{ ...booking, ...(therapist === undefined ? {} : { therapistId: therapist }), ...place }}
            referralId={book === ANYBODY ? undefined : book}
            clinic={clinic}
            close={closed}
          />
        )}
      </Stack>
      {view === 'day' && items !== undefined && (
        <PrintedDay {...{ day, zone, lacking, printed }} visits={items} asked={printing} />
      )}
    </>
  );
};

export const SchedulePage = () => {
  const { t } = useTranslation();
  useTitle(t('schedule.title'));
  const { clinic, error } = useClinic();
  if (clinic === undefined) return error === null ? <Loading /> : <Trouble error={error} />;
  return <Shows clinic={clinic} />;
};
