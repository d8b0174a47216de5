/** What stands around every page: where one is, who one is, and the way to everything else. */
import { ActionIcon, AppShell, Box, Burger, Button, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure, useHotkeys, type HotkeyItem } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LiveState } from '../live/LiveState.js';
import { Empty, Loading } from '../parts/states.js';
import { useShortcuts } from '../parts/shortcuts.js';
import { useMe } from '../session/me.js';
import { Account } from './Account.js';
import type { Opened } from './Palette.js';
import { NAMES, placesFor } from './places.js';
import shell from './shell.module.css';

const NARROW = 'sm';

/** A picture beside a word is worth no wait for the words. */
const PlaceIcon = lazy(async () => ({ default: (await import('./PlaceIcon.js')).PlaceIcon }));
const ICON_SIZE = 18;

const Palette = lazy(async () => ({ default: (await import('./Palette.js')).Palette }));

const usePalette = () => {
  const [opened, open] = useState<Opened>();
  const { on } = useShortcuts();
  const keys: HotkeyItem[] = [
    ['shift+?', () => open('keys')],
    ['?', () => open('keys')],
  ];
  useHotkeys(on ? keys : []);
  // Also for whoever is about to type.
  useHotkeys([['mod+K', () => open('search')]], []);
  return { opened, open };
};

/** After each change of place the words of the new page are next to be read; how far down one is, the router says. */
const useFreshPage = (place: string) => {
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [place]);
  return main;
};

export const Shell = () => {
  const { t } = useTranslation();
  const [menu, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  const { role } = useMe().actingAs;
  const main = useFreshPage(pathname);
  const places = placesFor(role);
  const palette = usePalette();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: NARROW, collapsed: { mobile: !menu } }}
      padding="md"
    >
      <a href="#main" className={shell['skip']}>
        {t('skip')}
      </a>
      <AppShell.Header className={shell['bar']}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={menu} onClick={toggle} hiddenFrom={NARROW} size="sm" aria-label={t('nav.menu')} />
            <Text fw={700} size="lg">
              {t('product')}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              visibleFrom={NARROW}
              variant="default"
              leftSection={<IconSearch size={16} aria-hidden />}
              onClick={() => palette.open('search')}
            >
              {t('palette.open')}
            </Button>
            <ActionIcon
              hiddenFrom={NARROW}
              variant="default"
              size="lg"
              onClick={() => palette.open('search')}
              aria-label={t('palette.open')}
            >
              <IconSearch size={18} aria-hidden />
            </ActionIcon>
            <LiveState />
            <Account />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('nav.label')} className={shell['bar']}>
        {places.map((place) => (
          <NavLink
            key={place}
            label={t(NAMES[place])}
            leftSection={
              <Suspense fallback={<Box w={ICON_SIZE} h={ICON_SIZE} />}>
                <PlaceIcon place={place} size={ICON_SIZE} />
              </Suspense>
            }
            active={pathname.startsWith(place)}
            onClick={close}
            renderRoot={(props) => <Link to={place} {...props} />}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="main" ref={main} tabIndex={-1} className={shell['main']}>
        <Suspense fallback={<Loading />}>
          {places.length === 0 ? <Empty alone title={t('nav.none')} text={t('nav.noneText')} /> : <Outlet />}
        </Suspense>
      </AppShell.Main>
      {palette.opened !== undefined && (
        <Suspense fallback={undefined}>
          <Palette places={places} opened={palette.opened} open={palette.open} />
        </Suspense>
      )}
    </AppShell>
  );
};
