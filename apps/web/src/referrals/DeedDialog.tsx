/** What a deed asks for, in a dialog; and what was refused of one that asks for nothing. Loaded with the first of them. */
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useOne } from '../api/use-service.js';
import { Modal } from '../parts/Modal.js';
import { Loading, Trouble } from '../parts/states.js';
import { WaitingDialog } from '../parts/WaitingDialog.js';
import { DeedForm } from './DeedForm.js';
import type { OfferedDeed } from './deeds.js';

/** Curves and cards are loaded when the first is asked for. */
const ReportOutcome = lazy(async () => ({
  default: (await import('../measures/ReportOutcome.js')).ReportOutcome,
}));
const AcknowledgeOutcome = lazy(async () => ({
  default: (await import('../measures/AcknowledgeOutcome.js')).AcknowledgeOutcome,
}));

export interface Begun {
  readonly deed: OfferedDeed;
  readonly id: string;
  /** By the key of a row. */
  readonly byKey: boolean;
}

/** Of a row only the list's answer is there: the questions that wait stand in the referral itself. */
export const DeedDialog = ({ deed, id, byKey, close }: Begun & { readonly close: () => void }) => {
  const { t } = useTranslation();
  const { data, error, refetch } = useOne('getReferral', id);
  if (data === undefined)
    return (
      <WaitingDialog
        title={t(`names.deed.${deed}`)}
        error={error}
        again={() => void refetch()}
        close={close}
      />
    );
  const of = { referral: data.body, close };
  return (
    <Suspense fallback={<Loading />}>
      {deed === 'ReportOutcome' && <ReportOutcome {...of} />}
      {deed === 'AcknowledgeOutcome' && <AcknowledgeOutcome {...of} byKey={byKey} />}
      {deed !== 'ReportOutcome' && deed !== 'AcknowledgeOutcome' && <DeedForm deed={deed} {...of} />}
    </Suspense>
  );
};

export const DeedRefused = ({ error, close }: { readonly error: Error; readonly close: () => void }) => {
  const { t } = useTranslation();
  return (
    <Modal onClose={close} title={t('act.refused')}>
      <Trouble error={error} />
    </Modal>
  );
};
