/** What already stands at a time, and which times of that day are free. */
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { timeText } from '../parts/times.js';
import { clockText, momentAt } from '../parts/zone.js';
import { freeTimes, overlaps } from './columns.js';
import { spanOf, type When } from './typed.js';
import type { VisitSpan } from './visits.js';

const STEP_MINUTES = 15;
const MOST = 4;

interface TakenProps {
  /** Of the therapist, but for the visit that is about to be moved. */
  readonly spans: readonly VisitSpan[];
  readonly when: When;
  readonly minutes: number;
  readonly zone: string;
  readonly choose: (time: string) => void;
}

export const Taken = ({ spans, when, minutes, zone, choose }: TakenProps) => {
  const { t } = useTranslation();
  const wanted = spanOf(when, minutes);
  if (wanted === undefined) return undefined;
  const ofDay = spans.filter(({ day }) => day === when.day);
  const inTheWay = ofDay.filter((span) => overlaps(span, wanted));
  if (inTheWay.length === 0) return undefined;
  const free = freeTimes(ofDay, minutes, { from: wanted.from, most: MOST, step: STEP_MINUTES });
  return (
    <div role="status">
      {inTheWay.map(({ visit }) => (
        <Text key={visit.id} c="var(--mantine-color-error)" size="sm">
          {t('schedule.form.taken', {
            name: visit.patient.name ?? t('state.unnamed'),
            from: timeText(visit.start, zone),
            to: timeText(visit.end, zone),
          })}
        </Text>
      ))}
      {free.length > 0 && (
        <Group gap="xs" mt={4}>
          <Text size="sm">{t('schedule.form.freeAt')}</Text>
          {free.map((minute) => (
            <Button
              key={minute}
              size="compact-sm"
              mih={32}
              variant="default"
              onClick={() => choose(clockText(minute))}
            >
              {timeText(momentAt(when.day, minute, zone), zone)}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
};
