/** Booking: begun from a referral, from a task, or from a free place of the calendar. */
import { useTranslation } from 'react-i18next';
import { useOne, useWhole } from '../api/use-service.js';
import { Modal } from '../parts/Modal.js';
import { Empty, Incomplete, Loading, Trouble } from '../parts/states.js';
import { useMe } from '../session/me.js';
import { BookForm, kindFor, type Referral } from './BookForm.js';
import type { Place } from './Calendar.js';
import { newKey, nothingTyped, type Typed } from './typed.js';
import type { Clinic, Therapist } from './use-clinic.js';
import { isBookable } from './who-books.js';

/** The one that is asked for, oneself, or the only one there is. */
const therapistFor = (
  therapists: readonly Therapist[],
  asked: string | undefined,
  me: string | null,
): string =>
  asked ??
  therapists.find(({ id }) => id === me)?.id ??
  (therapists.length === 1 ? (therapists[0]?.id ?? '') : '');

interface BookDialogProps {
  readonly place: Place;
  readonly referralId: string | undefined;
  readonly clinic: Clinic;
  readonly close: (day?: string) => void;
}

interface BeginningProps extends BookDialogProps {
  readonly items: readonly Bookable[];
  /** How many things may be missing among them. */
  readonly lacking: number;
}

type Bookable = Referral & Parameters<typeof isBookable>[0];

const Beginning = ({ items, lacking, place, referralId, clinic, close }: BeginningProps) => {
  const { t } = useTranslation();
  const { actingAs, practitionerId } = useMe();
  const referrals = items.filter((one) => isBookable(one, actingAs));
  if (referrals.length === 0)
    return (
      <>
        <Incomplete streams={lacking} />
        <Empty title={t('schedule.form.noReferral')} text={t('schedule.form.noReferralText')} />
      </>
    );
  const chosen = referrals.find(({ id }) => id === referralId);
  const first: Typed = {
    ...nothingTyped({ day: place.day, time: place.time }, newKey),
    referralId: chosen?.id ?? '',
    kind: kindFor(chosen),
    therapistId: therapistFor(clinic.therapists, place.therapistId, practitionerId),
  };
  return (
    <>
      <Incomplete streams={lacking} />
      <BookForm {...{ first, referrals, clinic, close }} />
    </>
  );
};

/** Whose visit it is, is known: nobody waits for a list of everybody. */
const OfOne = (props: BookDialogProps & { readonly referralId: string }) => {
  const { data, error, refetch } = useOne('getReferral', props.referralId);
  if (data === undefined)
    return error === null ? <Loading /> : <Trouble error={error} again={() => void refetch()} />;
  return <Beginning {...props} items={[data.body]} lacking={data.lacking} />;
};

const OfAnybody = (props: BookDialogProps) => {
  const { items, lacking, error, refetch } = useWhole('listReferrals', { open: true });
  if (error !== null) return <Trouble error={error} again={() => void refetch()} />;
  return items === undefined ? <Loading /> : <Beginning {...props} {...{ items, lacking }} />;
};

export const BookDialog = (props: BookDialogProps) => {
  const { t } = useTranslation();
  return (
    <Modal onClose={() => props.close()} size="lg" title={t('schedule.book')}>
      {props.referralId === undefined ? (
        <OfAnybody {...props} />
      ) : (
        <OfOne {...props} referralId={props.referralId} />
      )}
    </Modal>
  );
};
