import { useDocumentTitle } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

/** What the tab and the history are called: never by a person's name. */
export const useTitle = (page: string): void => {
  const { t } = useTranslation();
  useDocumentTitle(`${page} - ${t('product')}`);
};
