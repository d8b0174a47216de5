/** Everywhere one may go and what may be done, by typing; and the list of keys. Loaded when it is first asked for. */
import { Kbd, Table, useMantineColorScheme } from '@mantine/core';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../parts/Modal.js';
import { ANYBODY } from '../schedule/shown.js';
import { BOOKERS } from '../schedule/who-books.js';
import { useMe } from '../session/me.js';
import { useSession } from '../session/session.js';
import { VIEWS } from '../tasks/viewed.js';
import { NAMES, ORDERERS, type Place } from './places.js';

/** What of it is open. */
export type Opened = 'search' | 'keys';

const KEYS = [
  ['Ctrl K', 'shortcuts.palette'],
  ['?', 'shortcuts.help'],
  ['j', 'shortcuts.next'],
  ['k', 'shortcuts.previous'],
  ['Enter', 'shortcuts.open'],
  ['a', 'shortcuts.act'],
  ['Left', 'schedule.keys.before'],
  ['Right', 'schedule.keys.next'],
  ['t', 'schedule.keys.today'],
  ['d', 'schedule.keys.day'],
  ['w', 'schedule.keys.week'],
  ['Up Down', 'schedule.keys.move'],
  ['Shift Up Down', 'schedule.keys.length'],
  ['y n', 'shortcuts.answer'],
  ['0–9', 'shortcuts.score'],
  ['Arrows', 'shortcuts.body'],
  ['Esc', 'shortcuts.close'],
] as const;

const Keys = ({ close }: { readonly close: () => void }) => {
  const { t } = useTranslation();
  return (
    <Modal
      onClose={close}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('shortcuts.close') }}
    >
      <Table>
        <Table.Tbody>
          {KEYS.map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Td w="9rem">
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{t(what)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
};

interface PaletteProps {
  readonly places: readonly Place[];
  readonly opened: Opened;
  readonly open: (opened: Opened | undefined) => void;
}

const Search = ({ places, open }: Omit<PaletteProps, 'opened'>) => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { end } = useSession();
  const { role } = useMe().actingAs;
  const { toggleColorScheme } = useMantineColorScheme();
  useEffect(spotlight.open, []);
  const pages = places.map((place) => ({
    id: place,
    label: t(NAMES[place]),
    onClick: () => void navigate({ to: place }),
  }));
  const deeds = [
    ...(ORDERERS.includes(role)
      ? [{ id: 'order', label: t('referrals.new'), onClick: () => void navigate({ to: '/referrals/new' }) }]
      : []),
    ...(BOOKERS.includes(role)
      ? [
          {
            id: 'book',
            label: t('schedule.book'),
            onClick: () => void navigate({ to: '/schedule', search: { book: ANYBODY } }),
          },
        ]
      : []),
    ...(places.includes('/inbox')
      ? VIEWS.map((view) => ({
          id: `inbox-${view}`,
          label: `${t('tasks.title')}: ${t(`tasks.views.${view}`)}`,
          onClick: () => void navigate({ to: '/inbox', search: view === 'inbox' ? {} : { view } }),
        }))
      : []),
    { id: 'keys', label: t('palette.shortcuts'), onClick: () => open('keys') },
    { id: 'theme', label: t('palette.theme'), onClick: toggleColorScheme },
    { id: 'sign-out', label: t('palette.signOut'), onClick: () => void end() },
  ];
  return (
    <Spotlight
      actions={[
        { group: t('palette.pages'), actions: pages },
        { group: t('palette.actions'), actions: deeds },
      ]}
      shortcut={null}
      onSpotlightClose={() => open(undefined)}
      nothingFound={t('palette.nothing')}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
    />
  );
};

export const Palette = ({ places, opened, open }: PaletteProps) =>
  opened === 'search' ? <Search places={places} open={open} /> : <Keys close={() => open(undefined)} />;
