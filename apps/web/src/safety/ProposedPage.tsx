/** What files propose as precautions and nobody has settled: confirmed or dismissed by who treats, seen by who asks them to. */
import { Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../api/use-service.js';
import { placesFor } from '../app/places.js';
import { PagedTable } from '../parts/PagedTable.js';
import { useRowKeys } from '../parts/rows.js';
import { NotForYou, Trouble } from '../parts/states.js';
import { useTitle } from '../parts/use-title.js';
import { useMe } from '../session/me.js';
import { ProposalRow } from './ProposalRow.js';
import { whatText, type Proposal } from './proposals.js';
import './proposed-words.js';

const COLUMNS = ['patient', 'what', 'from', 'since', 'proposed', 'action'] as const;

interface NotDone {
  readonly proposal: Proposal;
  readonly error: Error;
}

/** Of several that were tried one after the other, each says what became of it. */
const useTold = () => {
  const [notDone, setNotDone] = useState<Readonly<Record<string, NotDone>>>({});
  const tell = (proposal: Proposal, error?: Error): void =>
    setNotDone(({ [proposal.id]: _before, ...others }) =>
      error === undefined ? others : { ...others, [proposal.id]: { proposal, error } },
    );
  return { notDone: Object.values(notDone), tell };
};

const Refused = ({ of: { proposal, error } }: { readonly of: NotDone }) => {
  const { t } = useTranslation();
  const { patient } = proposal;
  return (
    <Stack gap="xs">
      <Text fw={600}>
        <bdi>
          {t('proposed.notDone', {
            what: whatText(proposal, t),
            name: patient.name ?? t('state.unnamed'),
          })}
        </bdi>
      </Text>
      <Trouble error={error} />
    </Stack>
  );
};

const Proposals = () => {
  const { t } = useTranslation();
  const asked = useList('listPrecautions', { status: 'proposed' });
  const { notDone, tell } = useTold();
  useRowKeys();
  return (
    <Stack>
      <Title order={1}>{t('nav.precautions')}</Title>
      <Text maw={720}>{t('proposed.about')}</Text>
      {notDone.map((one) => (
        <Refused key={one.proposal.id} of={one} />
      ))}
      <PagedTable<'listPrecautions'>
        asked={asked}
        label={t('nav.precautions')}
        empty={[t('proposed.empty'), t('proposed.emptyText')]}
        columns={COLUMNS.map((column) => t(`proposed.columns.${column}`))}
        row={(proposal, index) => (
          <ProposalRow key={proposal.id} proposal={proposal} tell={tell} index={index} />
        )}
      />
    </Stack>
  );
};

export const ProposedPage = () => {
  const { t } = useTranslation();
  useTitle(t('nav.precautions'));
  const { role } = useMe().actingAs;
  return placesFor(role).includes('/precautions') ? <Proposals /> : <NotForYou />;
};
