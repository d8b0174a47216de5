/** The visits of a day on paper, with the numbers under which patients are called; what is on the screen stays off it. */
import { useQueries } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ADDRESSES, type Answer } from '../api/questions.js';
import { keyOf, useService } from '../api/use-service.js';
import { timeText, weekdayText, zoneText } from '../parts/times.js';
import { momentAt } from '../parts/zone.js';
import css from './schedule.module.css';
import { isHeld, type Visit } from './visits.js';
import { Columns } from '../parts/Columns.js';

type Contact = NonNullable<Answer<'getPatient'>['contact']>;

const DIALLED = ['phone', 'sms'];

const phonesOf = ({ telecom }: Contact): string =>
  telecom
    .filter(({ system }) => DIALLED.includes(system))
    .map(({ value }) => value)
    .join(', ');

/** By patient; asked of each when a list is to be printed, and not before: a number on paper is one that somebody took out. */
const useContacts = (ids: readonly string[], asked: boolean) => {
  const service = useService();
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: keyOf('getPatient', id),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        service.read<Answer<'getPatient'>>(ADDRESSES.getPatient.replace(':id', id), signal),
      enabled: asked,
    })),
    combine: (answers) => ({
      settled: answers.every(({ isPending }) => !isPending),
      contacts: new Map(ids.map((id, n) => [id, answers[n]?.data?.body.contact ?? undefined])),
      unread: new Set(ids.filter((_id, n) => answers[n]?.isError === true)),
    }),
  });
};

const Phone = ({ contact, unread }: { readonly contact: Contact | undefined; readonly unread: boolean }) => {
  const { t } = useTranslation();
  // On paper nobody can ask again: that it is not known is not that there is none.
  if (unread) return t('schedule.phoneUnread');
  if (contact?.forbidden.includes('phone') === true) return t('schedule.noCalls');
  const phones = contact === undefined ? '' : phonesOf(contact);
  return phones === '' ? t('schedule.noPhone') : <bdi>{phones}</bdi>;
};

interface PrintedDayProps {
  readonly day: string;
  readonly zone: string;
  readonly visits: readonly Visit[];
  /** How many things may be missing among them. */
  readonly lacking: number;
  /** It is to be printed now. */
  readonly asked: boolean;
  readonly printed: () => void;
}

export const PrintedDay = ({ day, zone, visits, lacking, asked, printed }: PrintedDayProps) => {
  const { t } = useTranslation();
  const held = visits.filter(isHeld);
  const ids = [...new Set(held.map(({ patientId }) => patientId))];
  const { settled, contacts, unread } = useContacts(ids, asked);
  useEffect(() => {
    if (!asked || !settled) return;
    window.print();
    printed();
  }, [asked, settled, printed]);
  return (
    <section className={css['onPaper']}>
      <h1>{t('schedule.printed', { day: weekdayText(day, 'long') })}</h1>
      <p>{t('schedule.zone', { zone: zoneText(Date.parse(momentAt(day, 720, zone)), 'long', zone) })}</p>
      {lacking > 0 && <p>{t('state.incomplete', { count: lacking })}</p>}
      <table>
        <Columns
          columns={(['time', 'patient', 'phone', 'whose', 'what'] as const).map((column) =>
            t(`schedule.${column}`),
          )}
        />
        <tbody>
          {held.map((visit) => (
            <tr key={visit.id}>
              <td>
                {t('schedule.from', { from: timeText(visit.start, zone), to: timeText(visit.end, zone) })}
              </td>
              <td dir="auto">{visit.patient.name ?? t('state.unnamed')}</td>
              <td>
                <Phone contact={contacts.get(visit.patientId)} unread={unread.has(visit.patientId)} />
              </td>
              <td dir="auto">{visit.therapist.name ?? t('state.unnamed')}</td>
              <td>
                {t(`names.visitKind.${visit.kind}`)}, {t(`names.visitStage.${visit.state}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {held.length === 0 && <p>{t('schedule.nothing')}</p>}
    </section>
  );
};
