/** Another time, length or therapist for a visit. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import { useAct, useWhole } from '../api/use-service.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { Incomplete, Trouble } from '../parts/states.js';
import { clockMinute, clockText, daysLater, momentAt } from '../parts/zone.js';
import { shiftOf, STEP_MINUTES, type Shift } from './Calendar.js';
import { Minutes, TherapistSelect, WhenFields } from './fields.js';
import { Taken } from './Taken.js';
import { periodOf, type When } from './typed.js';
import type { Clinic } from './use-clinic.js';
import { spanIn, takesTime, type Visit } from './visits.js';

interface Typed extends When {
  readonly minutes: number;
  readonly therapistId: string;
  readonly beyondOrder: string;
}

const MINUTE_MS = 60_000;
const LAST_MINUTE = 24 * 60 - 1;

const shifted = (typed: Typed, { start, minutes }: Shift): Typed => {
  const from = (clockMinute(typed.time) ?? 0) + start;
  return {
    ...typed,
    time: clockText(Math.min(Math.max(from, 0), LAST_MINUTE)),
    minutes: Math.max(STEP_MINUTES, typed.minutes + minutes),
  };
};

const asBooked = (visit: Visit, zone: string): Typed => {
  const { day, from } = spanIn(visit, zone);
  return {
    day,
    time: clockText(from),
    minutes: (Date.parse(visit.end) - Date.parse(visit.start)) / MINUTE_MS,
    therapistId: visit.therapistId,
    beyondOrder: visit.beyondOrder ?? '',
  };
};

/** Those of the same therapist on that day. */
const Neighbours = ({
  typed,
  visit,
  zone,
  choose,
}: {
  readonly typed: Typed;
  readonly visit: Visit;
  readonly zone: string;
  readonly choose: (time: string) => void;
}) => {
  const {
    items = [],
    lacking,
    error,
  } = useWhole('listSessions', {
    therapistId: typed.therapistId,
    from: momentAt(typed.day, 0, zone),
    to: momentAt(daysLater(typed.day, 1), 0, zone),
  });
  const others = items.filter((one) => one.id !== visit.id && takesTime(one));
  return (
    <>
      <Incomplete streams={lacking} />
      {error !== null && <Trouble error={error} />}
      <Taken
        spans={others.map((one) => spanIn(one, zone))}
        when={typed}
        minutes={typed.minutes}
        zone={zone}
        choose={choose}
      />
    </>
  );
};

const goesBeyond = (error: Error | null): boolean =>
  error instanceof Problem && error.code === 'SESSION_BEYOND_ORDER';

interface MoveFormProps {
  readonly visit: Visit;
  readonly clinic: Clinic;
  /** It was begun by an arrow key. */
  readonly shift: Shift | undefined;
  readonly close: () => void;
}

export const MoveForm = ({ visit, clinic: { zone, therapists }, shift, close }: MoveFormProps) => {
  const { t } = useTranslation();
  const act = useAct<'sessions', 'RescheduleSession'>('sessions');
  const booked = asBooked(visit, zone);
  const { typed, type, key, found, forget } = useKept(
    `RescheduleSession.${visit.id}`,
    shift === undefined ? booked : shifted(booked, shift),
    // Where it was just put by an arrow key is the newer word.
    (begun, left) => {
      const { day, time, minutes } = begun;
      return shift === undefined ? { ...begun, ...left } : { ...begun, ...left, day, time, minutes };
    },
  );
  const period = periodOf(typed, typed.minutes, zone);
  const send = (): void => {
    if (period === undefined) return;
    const { therapistId, beyondOrder } = typed;
    const body = {
      ...period,
      ...(therapistId === visit.therapistId ? {} : { therapistId }),
      ...(beyondOrder.trim() === '' ? {} : { beyondOrder: beyondOrder.trim() }),
    };
    const done = (): void => {
      forget();
      close();
    };
    act.mutate({ id: visit.id, command: 'RescheduleSession', body, key }, { onSuccess: done });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = shiftOf(event);
    // Fields have a use of their own for these keys.
    if (by === undefined || !(event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    type(shifted(typed, by));
  };
  return (
    <form
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Stack>
        {found && <Found anew={forget} />}
        <WhenFields when={typed} change={(when) => type({ ...typed, ...when })} />
        <Group grow align="flex-start" gap="sm">
          <Minutes minutes={typed.minutes} change={(minutes) => type({ ...typed, minutes })} />
          <TherapistSelect
            therapists={therapists}
            allowDeselect={false}
            value={typed.therapistId}
            choose={(therapistId) => type({ ...typed, therapistId })}
          />
        </Group>
        {period !== undefined && (
          <Neighbours typed={typed} visit={visit} zone={zone} choose={(time) => type({ ...typed, time })} />
        )}
        {(goesBeyond(act.error) || typed.beyondOrder !== '') && (
          <Textarea
            autosize
            maxLength={2000}
            dir="auto"
            label={t('schedule.form.beyondOrder')}
            value={typed.beyondOrder}
            onChange={({ currentTarget }) => type({ ...typed, beyondOrder: currentTarget.value })}
          />
        )}
        {act.error !== null && <Trouble error={act.error} />}
        <Text size="sm" c="dimmed">
          {t('schedule.moveHint')}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.cancel')}
          </Button>
          <Button type="submit" data-autofocus disabled={period === undefined} loading={act.isPending}>
            {t('schedule.move')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
