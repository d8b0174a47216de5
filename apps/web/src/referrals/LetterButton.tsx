/** What is written here as a letter, in a tab of its own, where it is read, printed and kept. */
import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useService } from '../api/use-service.js';
import { save, show } from '../documents/files.js';
import { Trouble } from '../parts/states.js';

const PATHS = { referral: 'letter.pdf', outcome: 'outcome/letter.pdf' } as const;

interface LetterButtonProps {
  readonly referralId: string;
  readonly of: keyof typeof PATHS;
}

export const LetterButton = ({ referralId, of }: LetterButtonProps) => {
  const { t } = useTranslation();
  const service = useService();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (tab: Window | null) => {
      try {
        const letter = await service.bytes(`referrals/${referralId}/${PATHS[of]}`);
        if (tab === null) save(letter, `${of}.pdf`);
        else show(letter, tab);
      } catch (failed) {
        tab?.close();
        throw failed;
      }
    },
  });
  return (
    <Stack gap="xs">
      <Button
        variant="default"
        mih={44}
        w="fit-content"
        loading={isPending}
        // A browser opens a tab for who clicks, and for nobody who comes back later with a letter.
        onClick={() => mutate(window.open('', '_blank'))}
      >
        {t(of === 'referral' ? 'referral.letter' : 'referral.outcomeLetter')}
      </Button>
      {error !== null && <Trouble error={error} />}
    </Stack>
  );
};
