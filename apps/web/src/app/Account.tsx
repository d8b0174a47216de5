/** Who one is, in which role one acts, how the screen looks, and the way out. */
import { Button, Menu, Switch, Text, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../parts/shortcuts.js';
import { useMe } from '../session/me.js';
import { useSession } from '../session/session.js';

const SCHEMES = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];

export const Account = () => {
  const { t } = useTranslation();
  const { name, end, act } = useSession();
  const { roles, actingAs } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { on, set } = useShortcuts();
  return (
    <Menu position="bottom-end" width={260} closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="subtle" color="gray" px="xs" aria-label={`${t('account.label')}: ${name}`}>
          <IconUser size={18} aria-hidden />
          <Text span visibleFrom="sm" ms="xs" inherit>
            <bdi>{name === '' ? t(`names.role.${actingAs.role}`) : name}</bdi>
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('account.actingAs')}</Menu.Label>
        {roles.map((held) => (
          <Menu.Item
            key={held.name}
            role="menuitemradio"
            aria-checked={held.name === actingAs.name}
            {...(held.name === actingAs.name ? { fw: 700 } : {})}
            onClick={() => act(held.name)}
          >
            {t(`names.role.${held.role}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('account.theme')}</Menu.Label>
        {SCHEMES.map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            {...(scheme === colorScheme ? { fw: 700 } : {})}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`account.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          role="menuitemcheckbox"
          aria-checked={on}
          onClick={() => set(!on)}
          rightSection={<Switch checked={on} readOnly tabIndex={-1} aria-hidden size="sm" />}
        >
          {t('shortcuts.on')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void end()}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
