/** One visit or a series of them: for whom, with whom, when; each booked or not, and why not. */
import { Button, Group, Select, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem.js';
import type { Answer } from '../api/questions.js';
import { Found } from '../kept/Found.js';
import { useKept } from '../kept/use-kept.js';
import { useNow } from '../parts/use-now.js';
import { dayText } from '../parts/times.js';
import { useMe } from '../session/me.js';
import { names } from '../words/names.js';
import { Minutes, TherapistSelect } from './fields.js';
import { Series } from './Series.js';
import {
  beginningAt,
  isBooked,
  isOver,
  missingIn,
  periodOf,
  type Kind,
  type Missing,
  type PartProps,
  type Typed,
} from './typed.js';
import { useBooking, type Verdicts } from './use-booking.js';
import type { Clinic } from './use-clinic.js';
import { VisitRows } from './VisitRows.js';
import { LATE_RECORDERS } from './who-books.js';

export type Referral = Pick<Answer<'listReferrals'>, 'id' | 'state' | 'patient'>;

/** Who comes for the first time is evaluated. */
export const kindFor = (referral: Referral | undefined): Kind =>
  referral?.state === 'Accepted' ? 'evaluation' : 'treatment';

const Who = ({
  typed,
  type,
  referrals,
  clinic,
  missing,
}: PartProps & {
  readonly referrals: readonly Referral[];
  readonly clinic: Clinic;
  readonly missing: readonly Missing[];
}) => {
  const { t } = useTranslation();
  const name = ({ patient, state }: Referral): string =>
    [
      patient.name ?? t('state.unnamed'),
      patient.birthDate !== null && t('referrals.born', { date: dayText(patient.birthDate) }),
      t(`names.stage.${state}`),
    ]
      .filter(Boolean)
      .join(', ');
  return (
    <>
      <Select
        {...(typed.referralId === '' ? { 'data-autofocus': true } : {})}
        label={t('schedule.form.referral')}
        description={t('schedule.form.referralHelp')}
        required
        searchable
        error={missing.includes('referralId') && t('act.needed')}
        data={referrals.map((referral) => ({ value: referral.id, label: name(referral) }))}
        value={typed.referralId === '' ? null : typed.referralId}
        onChange={(id) =>
          type({ ...typed, referralId: id ?? '', kind: kindFor(referrals.find((one) => one.id === id)) })
        }
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <TherapistSelect
          {...(typed.referralId === '' ? {} : { 'data-autofocus': true })}
          therapists={clinic.therapists}
          required
          error={missing.includes('therapistId') && t('act.needed')}
          value={typed.therapistId}
          choose={(therapistId) => type({ ...typed, therapistId })}
        />
        <Select
          label={t('schedule.form.kind')}
          allowDeselect={false}
          data={(Object.keys(names.visitKind) as readonly Kind[]).map((value) => ({
            value,
            label: t(`names.visitKind.${value}`),
          }))}
          value={typed.kind}
          onChange={(kind) => type({ ...typed, kind: kind ?? typed.kind })}
        />
        <Minutes minutes={typed.minutes} change={(minutes) => type({ ...typed, minutes })} />
      </SimpleGrid>
    </>
  );
};

/** Only where there is need of them. */
const Reasons = ({
  typed,
  type,
  zone,
  missing,
  verdicts,
}: PartProps & {
  readonly zone: string;
  readonly missing: readonly Missing[];
  readonly verdicts: Verdicts;
}) => {
  const { t } = useTranslation();
  const now = useNow();
  const { role } = useMe().actingAs;
  const late = typed.visits.some((visit) => isOver(periodOf(visit, typed.minutes, zone), now));
  const beyond = Object.values(verdicts).some(
    (said) =>
      said.kind === 'refused' && said.error instanceof Problem && said.error.code === 'SESSION_BEYOND_ORDER',
  );
  const lines = { autosize: true, minRows: 2, dir: 'auto' } as const;
  return (
    <>
      {late && !LATE_RECORDERS.includes(role) && <Text>{t('schedule.form.lateNotYou')}</Text>}
      {late && LATE_RECORDERS.includes(role) && (
        <Textarea
          {...lines}
          maxLength={4000}
          required
          label={t('schedule.form.lateReason')}
          error={missing.includes('lateReason') && t('act.needed')}
          value={typed.lateReason}
          onChange={({ currentTarget }) => type({ ...typed, lateReason: currentTarget.value })}
        />
      )}
      {(beyond || typed.beyondOrder !== '') && (
        <Textarea
          {...lines}
          maxLength={2000}
          label={t('schedule.form.beyondOrder')}
          value={typed.beyondOrder}
          onChange={({ currentTarget }) => type({ ...typed, beyondOrder: currentTarget.value })}
        />
      )}
    </>
  );
};

interface BookFormProps {
  readonly first: Typed;
  readonly referrals: readonly Referral[];
  readonly clinic: Clinic;
  /** @param day on which the first of them is, once any is booked */
  readonly close: (day?: string) => void;
}

export const BookForm = ({ first, referrals, clinic, close }: BookFormProps) => {
  const { t } = useTranslation();
  const { zone } = clinic;
  // Of one referral it is found wherever it is begun; where a free place was pointed at, that is where it begins.
  const { typed, type, found, forget } = useKept(
    first.referralId === '' ? 'ScheduleSession' : `ScheduleSession.${first.referralId}`,
    first,
    first.referralId === '' ? beginningAt : undefined,
  );
  const [tried, setTried] = useState(false);
  const { verdicts, left, sending, send, forgetAll } = useBooking(typed, type, zone);
  const missing = missingIn(typed, zone, Date.now());
  const shown = tried ? missing : [];
  const booked = typed.visits.find(isBooked);
  const done = (day: string | undefined): void => {
    forget();
    close(day);
  };
  const book = async (): Promise<void> => {
    setTried(true);
    if (missing.length > 0) return;
    // Of a single one there is nothing more to be said.
    if ((await send()) && typed.visits.length === 1) done(typed.visits[0]?.day);
  };
  const label = (): string => {
    if (booked !== undefined) return t('schedule.bookRest');
    return left === 1 ? t('schedule.book') : t('schedule.bookSeries', { count: left });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void book();
      }}
    >
      <Stack>
        {found && <Found anew={forget} />}
        <Who {...{ typed, type, referrals, clinic }} missing={shown} />
        <Series {...{ typed, type }} />
        <VisitRows {...{ typed, type, zone, verdicts }} forget={forgetAll} />
        <Reasons {...{ typed, type, zone, verdicts }} missing={shown} />
        {shown.includes('visits') && <Text c="var(--mantine-color-error)">{t('act.needed')}</Text>}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => (booked === undefined ? close() : done(booked.day))}>
            {booked === undefined ? t('act.cancel') : t('schedule.form.done')}
          </Button>
          {left > 0 && (
            <Button type="submit" loading={sending}>
              {label()}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
};
