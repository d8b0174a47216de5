/** What of a draft is shown and not kept yet, above what would sign it: what is signed is what is seen. */
import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface WaitingPartsProps {
  readonly parts: readonly { readonly name: string; readonly why: string }[];
  /** Somebody wanted to go on all the same. */
  readonly tried: boolean;
  /** Somebody else's words came in as it was signed. */
  readonly met: boolean;
}

export const WaitingParts = ({ parts, tried, met }: WaitingPartsProps) => {
  const { t } = useTranslation();
  if (parts.length === 0)
    return met ? (
      <Alert color="yellow" variant="light" role="alert">
        {t('kept.met')}
      </Alert>
    ) : undefined;
  return (
    <Alert
      // Another one, so that it is read out.
      key={tried ? 'tried' : 'typing'}
      color={tried ? 'red' : 'gray'}
      variant="light"
      title={t('kept.waiting')}
      role={tried ? 'alert' : 'status'}
    >
      <ul>
        {parts.map(({ name, why }) => (
          <li key={name}>
            {name}: {why}
          </li>
        ))}
      </ul>
    </Alert>
  );
};
