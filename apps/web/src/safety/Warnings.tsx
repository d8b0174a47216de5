/** What care of a patient has to respect, before anything else is read: red flags that stand, and precautions. */
import type { RedFlagId } from '@fascia/clinical';
import { Alert, Text } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { lackingIn, useList } from '../api/use-service.js';
import { Incomplete, Trouble } from '../parts/states.js';
import { FlagActions } from './FlagActions.js';

type Flag = Answer<'listFlags'>;
type Precaution = Answer<'listPrecautions'>;

const MOST = 200;

const Flags = ({ flags }: { readonly flags: readonly Flag[] }) => {
  const { t } = useTranslation();
  return (
    <Alert
      color="red"
      variant="light"
      title={t('safety.flags')}
      icon={<IconAlertOctagon aria-hidden />}
      role="alert"
    >
      <ul>
        {flags.map((flag) => (
          <li key={flag.id}>
            <Text fw={600} span>
              {t(`names.redFlag.${flag.catalogueId as RedFlagId}`)}
            </Text>
            , {t(`names.urgency.${flag.urgency}`)}, {t(`names.flagStage.${flag.status}`)}
            {flag.note !== null && (
              <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
                {flag.note}
              </Text>
            )}
            {flag.answer !== null && (
              <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
                {t('safety.answered', { text: flag.answer })}
              </Text>
            )}
            <FlagActions flag={flag} />
          </li>
        ))}
      </ul>
    </Alert>
  );
};

const Precautions = ({ precautions }: { readonly precautions: readonly Precaution[] }) => {
  const { t } = useTranslation();
  return (
    <Alert
      color="yellow"
      variant="light"
      title={t('safety.precautions')}
      icon={<IconAlertTriangle aria-hidden />}
    >
      <ul>
        {precautions.map(({ id, words, catalogueId, status, note, site }) => (
          <li key={id}>
            {words ?? catalogueId}
            {site !== null && ` (${t(`names.region.${site.region}`)})`}
            {status === 'proposed' && `, ${t('safety.unconfirmed')}`}
            {note !== null && (
              <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
                {note}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
};

/** What nobody could read is not told as if there were nothing. */
export const Warnings = ({ patientId }: { readonly patientId: string }) => {
  const flags = useList('listFlags', { patientId, limit: MOST });
  const precautions = useList('listPrecautions', { patientId, limit: MOST });
  const standing = flags.data?.pages[0]?.items.filter(({ status }) => status !== 'cleared') ?? [];
  const toRespect =
    precautions.data?.pages[0]?.items.filter(
      ({ status }) => status === 'proposed' || status === 'confirmed',
    ) ?? [];
  const lacking = Math.max(lackingIn(flags.data), lackingIn(precautions.data));
  const error = flags.error ?? precautions.error;
  return (
    <>
      {error !== null && (
        <Trouble
          error={error}
          again={() => {
            void flags.refetch();
            void precautions.refetch();
          }}
        />
      )}
      <Incomplete streams={lacking} />
      {standing.length > 0 && <Flags flags={standing} />}
      {toRespect.length > 0 && <Precautions precautions={toRespect} />}
    </>
  );
};
