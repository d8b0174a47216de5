/** What a file proposes is no precaution of this patient: why. Loaded with the first. */
import { useTranslation } from 'react-i18next';
import { Saying } from '../kept/Saying.js';

export const Dismissing = ({ id, close }: { readonly id: string; readonly close: () => void }) => {
  const { t } = useTranslation();
  return (
    <Saying
      collection="precautions"
      id={id}
      command="DismissPrecaution"
      bodyOf={(reason) => ({ reason })}
      title={t('proposed.dismiss')}
      label={t('proposed.reason')}
      help={t('proposed.reasonHelp')}
      ends
      close={close}
    />
  );
};
