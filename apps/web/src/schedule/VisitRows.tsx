/** The times that are proposed: each can be changed, and each has its own answer. */
import { Group, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWhole } from '../api/use-service.js';
import { Incomplete, Trouble } from '../parts/states.js';
import { timeText, weekdayText } from '../parts/times.js';
import { useNow } from '../parts/use-now.js';
import { dayIn, daysLater, isDay, momentAt } from '../parts/zone.js';
import { WhenFields } from './fields.js';
import { Taken } from './Taken.js';
import { isBooked, newKey, periodOf, spread, type TypedVisit, type When, type PartProps } from './typed.js';
import type { Verdict, Verdicts } from './use-booking.js';
import { spanIn, takesTime, type VisitSpan } from './visits.js';

const Said = ({ booked, verdict }: { readonly booked: boolean; readonly verdict: Verdict | undefined }) => {
  const { t } = useTranslation();
  if (!booked && verdict?.kind !== 'sending') return undefined;
  return (
    <Group gap={4} role="status">
      {booked && <IconCheck size={18} aria-hidden />}
      <Text>{t(booked ? 'schedule.form.booked' : 'schedule.form.sending')}</Text>
    </Group>
  );
};

interface RowProps {
  readonly visit: TypedVisit;
  /** Which of several. */
  readonly n: number | undefined;
  readonly minutes: number;
  readonly zone: string;
  readonly spans: readonly VisitSpan[];
  readonly verdict: Verdict | undefined;
  readonly put: (to: Partial<When>) => void;
}

const Row = ({ visit, n, minutes, zone, spans, verdict, put }: RowProps) => {
  const { t } = useTranslation();
  const title = n === undefined ? '' : t('schedule.form.visit', { n });
  const booked = isBooked(visit);
  const day = isDay(visit.day) ? weekdayText(visit.day, 'short') : '';
  // Once nothing can be changed any more there are no fields that say it.
  const period = booked ? periodOf(visit, minutes, zone) : undefined;
  const when = period === undefined ? day : `${day}, ${timeText(period.start, zone)}`;
  return (
    <Stack gap={4} {...(n === undefined ? {} : { role: 'group', 'aria-label': title })}>
      <Group gap="sm" align="center">
        {n !== undefined && (
          <Text {...(booked ? {} : { w: '10rem' })} fw={600}>
            {title}, {when}
          </Text>
        )}
        {!booked && (
          <div style={{ flex: 1, minWidth: '15rem' }}>
            <WhenFields when={visit} change={put} unlabelled={n !== undefined} />
          </div>
        )}
        <Said booked={booked} verdict={verdict} />
      </Group>
      {!booked && <Taken {...{ spans, minutes, zone }} when={visit} choose={(time) => put({ time })} />}
      {!booked && verdict?.kind === 'refused' && <Trouble error={verdict.error} />}
    </Stack>
  );
};

interface RowsProps extends PartProps {
  readonly zone: string;
  readonly verdicts: Verdicts;
  /** What was said of the visits, once they are put elsewhere. */
  readonly forget: () => void;
}

const Rows = ({ typed, type, zone, verdicts, forget, spans }: RowsProps & Pick<RowProps, 'spans'>) => {
  const { visits, minutes, perWeek } = typed;
  const put = (n: number, visit: TypedVisit, to: Partial<When>): void => {
    forget();
    const moved = { ...typed, visits: visits.with(n, { ...visit, ...to, byHand: true }) };
    // The others go where the first of them goes, but for those that were put somewhere by hand.
    type(n === 0 ? { ...moved, ...spread(moved, visits.length, perWeek, newKey) } : moved);
  };
  return visits.map((visit, n) => (
    <Row
      key={visit.key}
      {...{ visit, minutes, zone, spans }}
      n={visits.length === 1 ? undefined : n + 1}
      verdict={verdicts[visit.key]}
      put={(to) => put(n, visit, to)}
    />
  ));
};

const Known = (props: RowsProps) => {
  const { typed, zone } = props;
  const today = dayIn(new Date(useNow()).toISOString(), zone);
  const days = typed.visits
    .map(({ day }) => day)
    .filter(isDay)
    .toSorted();
  const [first = today, last = first] = [days[0], days.at(-1)];
  const {
    items = [],
    lacking,
    error,
  } = useWhole('listSessions', {
    therapistId: typed.therapistId,
    from: momentAt(first, 0, zone),
    to: momentAt(daysLater(last, 1), 0, zone),
  });
  return (
    <>
      <Incomplete streams={lacking} />
      {error !== null && <Trouble error={error} />}
      <Rows {...props} spans={items.filter(takesTime).map((visit) => spanIn(visit, zone))} />
    </>
  );
};

/** Whose time is taken is known once somebody is chosen. */
export const VisitRows = (props: RowsProps) =>
  props.typed.therapistId === '' ? <Rows {...props} spans={[]} /> : <Known {...props} />;
