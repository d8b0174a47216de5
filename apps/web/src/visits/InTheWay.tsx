/** All that would be refused, at once, in the words of the refusals. */
import { SESSION_REFUSALS } from '@fascia/session/contract';
import { Alert } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StartRefused } from './beginning.js';
import type { Refused } from './completion.js';

interface InTheWayProps {
  readonly refused: readonly (Refused | StartRefused)[];
  /** What else is lacking. */
  readonly more?: readonly string[];
}

export const InTheWay = ({ refused, more = [] }: InTheWayProps) => {
  const { t } = useTranslation();
  if (refused.length + more.length === 0) return undefined;
  return (
    <Alert
      color="yellow"
      variant="light"
      title={t('visit.stillLacking')}
      icon={<IconListCheck aria-hidden />}
      role="status"
    >
      <ul>
        {refused.map((code) => (
          <li key={code}>
            {SESSION_REFUSALS[code].title}: {t(`visit.check.${code}`)}
          </li>
        ))}
        {more.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </Alert>
  );
};
