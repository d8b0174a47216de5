/** In words: whether somebody is suspended, and whether they can sign in. */
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { signInOf, type Person } from './standing.js';

export const PersonState = ({ person }: { readonly person: Person }) => {
  const { t } = useTranslation();
  const { suspended } = person;
  return (
    <Stack gap={0}>
      <Text fw={suspended ? 700 : 400}>{t(suspended ? 'directory.suspended' : 'directory.active')}</Text>
      <Text size="sm">{t(`directory.signIn.${signInOf(person)}`)}</Text>
    </Stack>
  );
};
