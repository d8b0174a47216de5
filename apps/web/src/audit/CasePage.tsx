/** A case at any moment of its history: how each part stood, what had happened, by whom and why, and who looked. */
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import type { CaseHistory } from '@fascia/audit';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty, Loading, Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { useTitle } from '../parts/use-title.js';
import { Happened } from './Happened.js';
import { Looks } from './Looks.js';
import { indexAt, momentsOf } from './moments.js';
import { MomentSlider } from './MomentSlider.js';
import { Stood } from './Stood.js';
import { useCase } from './use-case.js';
import './own-words.js';

const page = getRouteApi('/audit/cases/$id');

const Known = ({ history }: { readonly history: CaseHistory }) => {
  const { t } = useTranslation();
  const { at } = page.useSearch();
  const navigate = page.useNavigate();
  const { patient, events } = history;
  const moments = momentsOf(events);
  const index = indexAt(moments, at);
  const moment = moments[index] ?? '';
  const then = events.filter(({ recordedAt }) => recordedAt <= moment);
  const show = (to: number): void => {
    const last = to >= moments.length - 1;
    void navigate({ search: last ? {} : { at: moments[to] ?? '' }, replace: true });
  };
  return (
    <Stack>
      <Group justify="space-between">
        <Stack gap={0}>
          <Title order={1} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{patient.name ?? t('state.unnamed')}</bdi>
          </Title>
          {patient.birthDate !== null && <Text>{dayText(patient.birthDate)}</Text>}
        </Stack>
        <Button variant="default" onClick={() => print()}>
          {t('auditing.print')}
        </Button>
      </Group>
      <MomentSlider moments={moments} index={index} show={show} />
      {index < 0 ? (
        <Empty title={t('auditing.tooEarly')} text={t('auditing.tooEarlyText')} />
      ) : (
        <>
          <Stood events={then} />
          <Happened id={history.id} events={then} />
        </>
      )}
      <Stack component="section" gap="xs" aria-labelledby="looks">
        <Title order={2} id="looks">
          {t('auditing.looks')}
        </Title>
        <Looks asked={{ patientId: patient.id }} label={t('auditing.looks')} />
      </Stack>
    </Stack>
  );
};

export const CasePage = () => {
  const { t } = useTranslation();
  useTitle(t('auditing.asKnown'));
  const { id } = page.useParams();
  const { data, error, refetch } = useCase(id);
  return (
    <Stack>
      <Anchor renderRoot={(props) => <Link to="/audit" {...props} />}>{t('auditing.back')}</Anchor>
      {error !== null && <Trouble error={error} again={() => void refetch()} />}
      {data === undefined && error === null && <Loading />}
      {data?.events.length === 0 && <Empty title={t('auditing.empty')} text={t('auditing.emptyText')} />}
      {data !== undefined && data.events.length > 0 && <Known history={data} />}
    </Stack>
  );
};
