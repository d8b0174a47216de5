/** A task that was taken by mistake, or that somebody cannot do, goes back to their colleagues. Loaded with the first. */
import { useTranslation } from 'react-i18next';
import { Saying } from '../kept/Saying.js';

export const GivingBack = ({ id, close }: { readonly id: string; readonly close: () => void }) => {
  const { t } = useTranslation();
  return (
    <Saying
      collection="tasks"
      id={id}
      command="ReleaseTask"
      bodyOf={(reason) => ({ reason })}
      title={t('tasks.giveBack')}
      label={t('act.reason')}
      help={t('tasks.giveBackHelp')}
      close={close}
    />
  );
};
