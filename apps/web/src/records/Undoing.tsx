/** Two records again: why. */
import { useTranslation } from 'react-i18next';
import { Saying } from '../kept/Saying.js';

export const Undoing = ({ id, close }: { readonly id: string; readonly close: () => void }) => {
  const { t } = useTranslation();
  return (
    <Saying
      collection="patients"
      id={id}
      command="UndoMerge"
      bodyOf={(reason) => ({ reason })}
      title={t('records.undoTitle')}
      label={t('records.undoReason')}
      help={t('records.undoHelp')}
      ends
      close={close}
    />
  );
};
