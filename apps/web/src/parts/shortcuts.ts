/** Keys without Ctrl may be switched off: whoever speaks to the machine would set them off by talking (WCAG 2.1.4). */
import { useLocalStorage } from '@mantine/hooks';

export const useShortcuts = (): { readonly on: boolean; readonly set: (on: boolean) => void } => {
  const [on, set] = useLocalStorage({
    key: 'fascia.shortcuts',
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return { on, set };
};
