/** A dialog that is there as long as it is shown. When it goes, the keyboard is where it was before, or at the page if that is gone too. */
import { Modal as MantineModal, type ModalProps } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Whoever goes on meanwhile is left where they are. */
const comeBackTo = (before: Element | null): void => {
  if (document.activeElement !== document.body) return;
  const there = before?.isConnected === true ? before : document.querySelector('main');
  if (there instanceof HTMLElement) there.focus({ preventScroll: true });
};

export const Modal = ({ closeButtonProps, ...props }: Omit<ModalProps, 'opened'>) => {
  const { t } = useTranslation();
  useEffect(() => {
    const before = document.activeElement;
    return () => comeBackTo(before);
  }, []);
  return (
    <MantineModal
      opened
      closeButtonProps={{ 'aria-label': t('act.cancel'), ...closeButtonProps }}
      {...props}
    />
  );
};
