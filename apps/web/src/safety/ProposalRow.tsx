/** What a file proposes as a precaution of a patient, in a row: from what, since when, and what can be said of it there. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api/use-service.js';
import { placeText } from '../order/place-list.js';
import list from '../parts/list.module.css';
import { Moment } from '../parts/Moment.js';
import type { RowIndex } from '../parts/PagedTable.js';
import { ROW_ACT, ROW_LINK } from '../parts/rows.js';
import { dayText } from '../parts/times.js';
import { isTheirs, whatText, type Proposal } from './proposals.js';

const Dismissing = lazy(async () => ({ default: (await import('./Dismissing.js')).Dismissing }));

const Patient = ({ proposal: { patient, unassigned } }: { readonly proposal: Proposal }) => {
  const { t } = useTranslation();
  const { name, birthDate } = patient;
  return (
    <Stack gap={0}>
      <Text fw={600} tabIndex={0} {...{ [ROW_LINK]: '' }}>
        <bdi>{name ?? t('state.unnamed')}</bdi>
      </Text>
      {birthDate !== null && <Text size="sm">{t('referrals.born', { date: dayText(birthDate) })}</Text>}
      {unassigned && (
        <Text size="sm" fw={600}>
          {t('proposed.unassigned')}
        </Text>
      )}
    </Stack>
  );
};

const What = ({ proposal: { words, catalogueId, site } }: { readonly proposal: Proposal }) => {
  const { t } = useTranslation();
  return (
    <Stack gap={0}>
      <bdi>{words ?? catalogueId}</bdi>
      {site !== null && <Text size="sm">{placeText(site, t)}</Text>}
    </Stack>
  );
};

const From = ({ proposal: { from, code, system } }: { readonly proposal: Proposal }) => {
  const { t } = useTranslation();
  return (
    <Stack gap={0}>
      {from !== null && <Text>{t(`proposed.origin.${from}`)}</Text>}
      {code !== null && (
        <Text size="sm">
          {t(`proposed.codeSystem.${code.system}`)}: <bdi>{code.code}</bdi>
        </Text>
      )}
      {system !== null && (
        <Text size="sm">
          <bdi>{system}</bdi>
        </Text>
      )}
    </Stack>
  );
};

/** To the hour, where somebody has said it so. */
const Since = ({ proposal: { since, beganAt, ended, endedOn } }: { readonly proposal: Proposal }) => {
  const { t } = useTranslation();
  return (
    <Stack gap={0}>
      {beganAt === null ? (
        <Text>{since === null ? t('proposed.noSince') : dayText(since)}</Text>
      ) : (
        <Moment at={beganAt} />
      )}
      {ended && (
        <Text size="sm" fw={600}>
          {endedOn === null ? t('proposed.over') : t('proposed.overOn', { date: dayText(endedOn) })}
        </Text>
      )}
    </Stack>
  );
};

/** What became of it: nothing is said of what was done. */
type Tell = (proposal: Proposal, error?: Error) => void;

interface SettlingProps {
  readonly proposal: Proposal;
  readonly tell: Tell;
}

const Settling = ({ proposal, tell }: SettlingProps) => {
  const { t } = useTranslation();
  const { mutateAsync, isPending } = useAct<'precautions', 'ConfirmPrecaution'>('precautions');
  // Of this intention: pressed twice, it is done once.
  const [key] = useState(() => crypto.randomUUID());
  const [dismissing, setDismissing] = useState(false);
  const { id, allowedActions, patient } = proposal;
  const called = { what: whatText(proposal, t), name: patient.name ?? t('state.unnamed') };
  // A row that somebody else has settled goes away: what became of it is told above the rows.
  const confirm = (): void =>
    void mutateAsync({ id, command: 'ConfirmPrecaution', body: {}, key }).then(
      () => tell(proposal),
      (error: unknown) => {
        if (error instanceof Error) tell(proposal, error);
      },
    );
  const look = { size: 'compact-md', mih: 44, variant: 'default' } as const;
  return (
    <Group gap="xs">
      {allowedActions.includes('ConfirmPrecaution') && (
        <Button
          {...look}
          aria-label={t('proposed.confirmOf', called)}
          loading={isPending}
          onClick={confirm}
          {...{ [ROW_ACT]: '' }}
        >
          {t('proposed.confirm')}
        </Button>
      )}
      {allowedActions.includes('DismissPrecaution') && (
        <Button {...look} aria-label={t('proposed.dismissOf', called)} onClick={() => setDismissing(true)}>
          {t('proposed.dismiss')}
        </Button>
      )}
      {dismissing && (
        <Suspense fallback={undefined}>
          <Dismissing id={id} close={() => setDismissing(false)} />
        </Suspense>
      )}
    </Group>
  );
};

interface ProposalRowProps extends SettlingProps {
  readonly index: RowIndex;
}

export const ProposalRow = ({ proposal, tell, index }: ProposalRowProps) => {
  const { t } = useTranslation();
  return (
    <tr {...index}>
      <td data-label={t('proposed.columns.patient')} className={list['words']}>
        <Patient proposal={proposal} />
      </td>
      <td data-label={t('proposed.columns.what')} className={list['words']}>
        <What proposal={proposal} />
      </td>
      <td data-label={t('proposed.columns.from')} className={list['words']}>
        <From proposal={proposal} />
      </td>
      <td data-label={t('proposed.columns.since')} className={list['words']}>
        <Since proposal={proposal} />
      </td>
      <td data-label={t('proposed.columns.proposed')}>
        <Moment at={proposal.proposedAt} />
      </td>
      <td data-label={t('proposed.columns.action')} className={list['words']}>
        {isTheirs(proposal) ? (
          <Settling proposal={proposal} tell={tell} />
        ) : (
          <Text size="sm">{t('proposed.byOthers')}</Text>
        )}
      </td>
    </tr>
  );
};
