/** The roles that somebody has: each can be taken away, and another given. */
import { Button, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import list from '../parts/list.module.css';
import { ROW_ACT, ROW_LINK, rowIndex } from '../parts/rows.js';
import type { Held } from './roles.js';
import { Section } from './Section.js';
import type { Person } from './standing.js';

const GivingRole = lazy(async () => ({ default: (await import('./GivingRole.js')).GivingRole }));
const TakingAway = lazy(async () => ({ default: (await import('./TakingAway.js')).TakingAway }));

const COLUMNS = ['role', 'place', 'action'] as const;

interface RowProps {
  readonly id: string;
  readonly held: Held;
  readonly place: string;
  readonly index: number;
}

const Row = ({ id, held, place, index }: RowProps) => {
  const { t } = useTranslation();
  const [ending, setEnding] = useState(false);
  const role = t(`names.role.${held.role}`);
  return (
    <tr {...rowIndex(index)}>
      <td data-label={t('directory.roles.columns.role')}>
        <Text fw={600} tabIndex={0} {...{ [ROW_LINK]: '' }}>
          {role}
        </Text>
      </td>
      <td data-label={t('directory.roles.columns.place')} className={list['words']}>
        <bdi>{place}</bdi>
      </td>
      <td data-label={t('directory.roles.columns.action')}>
        <Button
          mih={44}
          variant="default"
          aria-label={t('directory.roles.endOf', { role, place })}
          onClick={() => setEnding(true)}
          {...{ [ROW_ACT]: '' }}
        >
          {t('directory.roles.end')}
        </Button>
        {ending && (
          <Suspense fallback={undefined}>
            <TakingAway id={id} held={held} place={place} close={() => setEnding(false)} />
          </Suspense>
        )}
      </td>
    </tr>
  );
};

interface RolesHeldProps {
  readonly person: Person;
  readonly placeOf: (held: Held) => string;
}

export const RolesHeld = ({ person: { id, roles }, placeOf }: RolesHeldProps) => {
  const { t } = useTranslation();
  const [giving, setGiving] = useState(false);
  return (
    <Section
      id="roles"
      title={t('directory.roles.title')}
      columns={COLUMNS.map((column) => t(`directory.roles.columns.${column}`))}
      empty={t('directory.roles.none')}
      numbered
      rows={roles.map((held, index) => (
        <Row
          key={`${held.role} ${held.organizationId ?? ''}`}
          id={id}
          held={held}
          place={placeOf(held)}
          index={index}
        />
      ))}
      action={<Button onClick={() => setGiving(true)}>{t('directory.roles.give')}</Button>}
    >
      {giving && (
        <Suspense fallback={undefined}>
          <GivingRole id={id} close={() => setGiving(false)} />
        </Suspense>
      )}
    </Section>
  );
};
