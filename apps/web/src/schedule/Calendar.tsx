/** Days or therapists beside each other, each with its visits and the room between them; one list after the other where it is narrow. */
import { Badge, Text } from '@mantine/core';
import { useId, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { timeText, weekdayText } from '../parts/times.js';
import { clockText, dayIn, minuteIn, momentAt } from '../parts/zone.js';
import { gapsIn, hoursOf, placed, type Span } from './columns.js';
import css from './schedule.module.css';
import type { Therapist } from './use-clinic.js';
import { isHeld, takesTime, type Visit, type VisitSpan } from './visits.js';

/** By how much the arrow keys move something, and the least room that is offered. */
export const STEP_MINUTES = 15;

export interface Shift {
  readonly start: number;
  readonly minutes: number;
}

/** Where a visit could be booked. */
export interface Place {
  readonly day: string;
  readonly time: string;
  readonly therapistId?: string;
}

export interface ColumnOf {
  readonly key: string;
  readonly title: string;
  readonly day: string;
  /** It is one therapist's. */
  readonly therapist?: Therapist | undefined;
  readonly spans: readonly VisitSpan[];
}

interface Deeds {
  readonly open: (visit: Visit, shift?: Shift) => void;
  readonly begin: (place: Place) => void;
}

interface ColumnProps extends Deeds {
  readonly column: ColumnOf;
  readonly hours: Span;
  readonly zone: string;
  readonly now: number;
}

/** The policy of the page lets no style in that is text; these are set one by one. */
const vars = (values: Readonly<Record<`--${string}`, number>>): CSSProperties => values;

const SHIFTS: Readonly<Record<string, Shift>> = {
  ArrowUp: { start: -STEP_MINUTES, minutes: 0 },
  ArrowDown: { start: STEP_MINUTES, minutes: 0 },
  'Shift ArrowUp': { start: 0, minutes: -STEP_MINUTES },
  'Shift ArrowDown': { start: 0, minutes: STEP_MINUTES },
};

/** @returns nothing for other keys */
export const shiftOf = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): Shift | undefined =>
  SHIFTS[shiftKey ? `Shift ${key}` : key];

const VisitButton = ({
  span: { visit },
  column,
  zone,
  open,
}: Pick<ColumnProps, 'column' | 'zone' | 'open'> & { readonly span: VisitSpan }) => {
  const { t } = useTranslation();
  const move = (event: KeyboardEvent): void => {
    const shift = shiftOf(event);
    if (shift === undefined || !visit.allowedActions.includes('RescheduleSession')) return;
    event.preventDefault();
    open(visit, shift);
  };
  return (
    <button
      type="button"
      className={css['visit']}
      data-state={visit.state}
      onClick={() => open(visit)}
      onKeyDown={move}
    >
      <bdi className={css['who']}>{visit.patient.name ?? t('state.unnamed')}</bdi>
      <span className={css['when']}>
        {t('schedule.from', { from: timeText(visit.start, zone), to: timeText(visit.end, zone) })}
      </span>
      <span className={css['what']}>
        {t(`names.visitKind.${visit.kind}`)}, {t(`names.visitStage.${visit.state}`)}
        {column.therapist === undefined && (
          <>
            , <bdi>{visit.therapist.name ?? t('state.unnamed')}</bdi>
          </>
        )}
      </span>
    </button>
  );
};

/** Where the pointer is in it; a key is at its beginning. */
const minuteAt = ({ detail, nativeEvent, currentTarget }: MouseEvent, { from, to }: Span): number => {
  if (detail === 0) return from;
  const share = nativeEvent.offsetY / Math.max(1, currentTarget.clientHeight);
  const last = Math.max(from, to - STEP_MINUTES);
  return Math.min(last, from + Math.floor((share * (to - from)) / STEP_MINUTES) * STEP_MINUTES);
};

const GapButton = ({
  gap,
  column: { day, therapist },
  zone,
  begin,
}: Pick<ColumnProps, 'column' | 'zone' | 'begin'> & { readonly gap: Span }) => {
  const { t } = useTranslation();
  const clock = (minute: number): string => timeText(momentAt(day, minute, zone), zone);
  const free = t('schedule.free', { from: clock(gap.from), to: clock(gap.to) });
  const name = therapist?.name ?? t('schedule.everyone');
  return (
    <button
      type="button"
      className={css['gap']}
      aria-label={t('schedule.freeAt', { free, day: weekdayText(day, 'short'), name })}
      onClick={(event) =>
        begin({
          day,
          time: clockText(minuteAt(event, gap)),
          ...(therapist === undefined ? {} : { therapistId: therapist.id }),
        })
      }
    >
      <span className={css['free']}>{free}</span>
    </button>
  );
};

const Dropped = ({ spans, zone, open }: Pick<ColumnProps, 'zone' | 'open'> & Pick<ColumnOf, 'spans'>) => {
  const { t } = useTranslation();
  if (spans.length === 0) return undefined;
  return (
    <div className={css['dropped']}>
      <Text size="sm" c="dimmed">
        {t('schedule.dropped')}
      </Text>
      <ul>
        {spans.map(({ visit }) => (
          <li key={visit.id}>
            <button type="button" className={css['cancelled']} onClick={() => open(visit)}>
              {timeText(visit.start, zone)} <bdi>{visit.patient.name ?? t('state.unnamed')}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};

const Column = ({ column, hours, zone, now, open, begin }: ColumnProps) => {
  const { t } = useTranslation();
  const id = useId();
  const moment = new Date(now).toISOString();
  const isToday = dayIn(moment, zone) === column.day;
  const minute = minuteIn(moment, zone);
  const held = column.spans.filter(({ visit }) => isHeld(visit));
  const gaps = gapsIn(
    held.filter(({ visit }) => takesTime(visit)),
    hours,
    STEP_MINUTES,
  );
  const entries = [
    ...placed(held).map(({ item, lane, lanes }) => ({
      span: item,
      gap: undefined,
      from: item.from,
      to: item.to,
      lane,
      lanes,
    })),
    ...gaps.map((gap) => ({ span: undefined, gap, ...gap, lane: 0, lanes: 1 })),
  ].toSorted((a, b) => a.from - b.from);
  return (
    <section className={css['column']} aria-labelledby={id}>
      <h2 id={id} className={css['title']} data-today={isToday || undefined}>
        <bdi>{column.title}</bdi>
        {isToday && column.therapist === undefined && (
          <Badge size="sm" style={{ flexShrink: 0 }}>
            {t('schedule.today')}
          </Badge>
        )}
      </h2>
      <ol className={css['track']} style={vars({ '--length': hours.to - hours.from })}>
        {entries.map(({ span, gap, from, to, lane, lanes }) => (
          <li
            key={span?.visit.id ?? `gap-${from}`}
            className={css['entry']}
            data-gap={gap !== undefined || undefined}
            style={vars({
              '--from': from - hours.from,
              '--length': to - from,
              '--lane': lane,
              '--lanes': lanes,
            })}
          >
            {span !== undefined && <VisitButton {...{ span, column, zone, open }} />}
            {gap !== undefined && <GapButton {...{ gap, column, zone, begin }} />}
          </li>
        ))}
        {isToday && minute >= hours.from && minute <= hours.to && (
          <li aria-hidden className={css['now']} style={vars({ '--from': minute - hours.from })} />
        )}
      </ol>
      <Dropped spans={column.spans.filter(({ visit }) => !isHeld(visit))} zone={zone} open={open} />
    </section>
  );
};

const Hours = ({
  hours: { from, to },
  day,
  zone,
}: {
  readonly hours: Span;
  readonly day: string;
  readonly zone: string;
}) => (
  <div className={css['hours']} aria-hidden>
    {Array.from({ length: (to - from) / 60 }, (_, n) => (
      <span key={n} className={css['hour']} style={vars({ '--from': n * 60 })}>
        {timeText(momentAt(day, from + n * 60, zone), zone)}
      </span>
    ))}
  </div>
);

interface CalendarProps extends Deeds {
  readonly columns: readonly ColumnOf[];
  readonly zone: string;
  readonly now: number;
}

export const Calendar = ({ columns, zone, now, open, begin }: CalendarProps) => {
  const hours = hoursOf(columns.flatMap(({ spans }) => spans));
  return (
    <div className={css['calendar']} style={vars({ '--columns': columns.length })}>
      <Hours hours={hours} day={columns[0]?.day ?? ''} zone={zone} />
      {columns.map((column) => (
        <Column key={column.key} {...{ column, hours, zone, now, open, begin }} />
      ))}
    </div>
  );
};
