/** Somebody is suspended, or is no more: why. Loaded with the first. */
import { useTranslation } from 'react-i18next';
import { Saying } from '../kept/Saying.js';

export type Suspension = 'SuspendPractitioner' | 'ReinstatePractitioner';

interface SuspendingProps {
  readonly id: string;
  readonly command: Suspension;
  readonly close: () => void;
}

export const Suspending = ({ id, command, close }: SuspendingProps) => {
  const { t } = useTranslation();
  return (
    <Saying<'practitioners', Suspension>
      collection="practitioners"
      id={id}
      command={command}
      bodyOf={(reason) => ({ reason })}
      title={t(`directory.suspension.title.${command}`)}
      label={t('directory.suspension.why')}
      help={t(`directory.suspension.help.${command}`)}
      ends={command === 'SuspendPractitioner'}
      close={close}
    />
  );
};
