/** What is begun from a button of a row or of the referral's own page. */
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useOne } from '../api/use-service.js';
import { Modal } from '../parts/Modal.js';
import { Loading, Trouble } from '../parts/states.js';
import { deedOf, type OfferedDeed } from './deeds.js';

/** Its fields are loaded when the first is asked for. */
const DeedForm = lazy(async () => ({ default: (await import('./DeedForm.js')).DeedForm }));
const ReportOutcome = lazy(async () => ({
  default: (await import('../measures/ReportOutcome.js')).ReportOutcome,
}));
const AcknowledgeOutcome = lazy(async () => ({
  default: (await import('../measures/AcknowledgeOutcome.js')).AcknowledgeOutcome,
}));

interface Begun {
  readonly deed: OfferedDeed;
  readonly id: string;
  /** By the key of a row. */
  readonly byKey: boolean;
}

/** Of a row only the list's answer is there: the questions that wait stand in the referral itself. */
const Form = ({ deed, id, byKey, close }: Begun & { readonly close: () => void }) => {
  const { data } = useOne('getReferral', id);
  if (data === undefined) return <Loading />;
  const of = { referral: data.body, close };
  return (
    <Suspense fallback={<Loading />}>
      {deed === 'ReportOutcome' && <ReportOutcome {...of} />}
      {deed === 'AcknowledgeOutcome' && <AcknowledgeOutcome {...of} byKey={byKey} />}
      {deed !== 'ReportOutcome' && deed !== 'AcknowledgeOutcome' && <DeedForm deed={deed} {...of} />}
    </Suspense>
  );
};

/** What asks for nothing and ends nothing is done at once. */
const isAtOnce = (deed: OfferedDeed): boolean => {
  const { fields, ends = false } = deedOf(deed);
  return fields.length === 0 && !ends;
};

export const useDeed = (): {
  readonly begin: (deed: OfferedDeed, id: string, byKey?: boolean) => void;
  readonly form: ReactNode;
} => {
  const { t } = useTranslation();
  const act = useAct('referrals');
  const [begun, setBegun] = useState<Begun>();
  const begin = (deed: OfferedDeed, id: string, byKey = false): void => {
    if (!isAtOnce(deed)) setBegun({ deed, id, byKey });
    else if (!act.isPending) act.mutate({ id, command: deed, body: {}, key: crypto.randomUUID() });
  };
  return {
    begin,
    form: (
      <>
        {begun !== undefined && <Form {...begun} close={() => setBegun(undefined)} />}
        {act.error !== null && (
          <Modal
            onClose={act.reset}
            title={t('act.refused')}
            closeButtonProps={{ 'aria-label': t('act.cancel') }}
          >
            <Trouble error={act.error} />
          </Modal>
        )}
      </>
    ),
  };
};
