/** Where all referrals of one's side stand: whose move it is, since when, and the next step of each. */
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer, Asked } from '../api/questions.js';
import { useLongList } from '../api/use-long-list.js';
import { Move, moveOf, Priority } from '../parts/Badges.js';
import { Kinds } from '../parts/Kinds.js';
import list from '../parts/list.module.css';
import { ListTable } from '../parts/ListTable.js';
import { Lasting } from '../parts/Moment.js';
import type { RowPlace } from '../parts/row-place.js';
import { isByKey, ROW_ACT, ROW_LINK, useRowKeys } from '../parts/rows.js';
import { Empty, Incomplete, Loading, Trouble } from '../parts/states.js';
import { dayText } from '../parts/times.js';
import { useTitle } from '../parts/use-title.js';
import { useMe } from '../session/me.js';
import { ORDERERS } from '../app/places.js';
import { useDeed } from './use-deed.js';
import { nextStepOf } from './deeds.js';
import { NextDue } from './Clocks.js';
import { SHOWN, type Shown } from './shown.js';

const ASKED: Readonly<Record<Shown, Asked<'listMyReferrals'>>> = {
  open: { open: true },
  mine: { open: true, move: 'mine' },
  theirs: { open: true, move: 'theirs' },
  late: { open: true, late: true },
  closed: { open: false },
};

type Item = Answer<'listMyReferrals'>;

const With = ({ item, mine }: { readonly item: Item; readonly mine: string | null }) => {
  const { t } = useTranslation();
  if (item.referrer.organizationId !== mine)
    return t('referrals.from', { name: item.referrer.name ?? t('state.unnamed') });
  if (item.recipient === null) return <Text c="dimmed">{t('referrals.noRecipient')}</Text>;
  return t('referrals.to', { name: item.recipient.name ?? t('state.unnamed') });
};

/** What both sides said last: by whom, when, and how it begins. */
const SaidLast = ({ said }: { readonly said: NonNullable<Item['saidLast']> }) => {
  const { t } = useTranslation();
  return (
    <Stack gap={0}>
      <Text size="sm" c="dimmed">
        {t(`names.entry.${said.kind}`)}, {t(`names.role.${said.role}`)}, <Lasting since={said.at} />
      </Text>
      {said.text !== null && (
        <Text size="sm" dir="auto" lineClamp={2}>
          {said.text}
        </Text>
      )}
    </Stack>
  );
};

const Row = ({
  item,
  place,
  mine,
  act,
}: {
  readonly item: Item;
  readonly place: RowPlace;
  readonly mine: string | null;
  readonly act: ReturnType<typeof useDeed>['begin'];
}) => {
  const { t } = useTranslation();
  const step = nextStepOf(item.allowedActions, item.state);
  return (
    <tr {...place}>
      <td data-label={t('referrals.columns.move')}>
        <Move move={moveOf(item, mine)} />
      </td>
      <td data-label={t('referrals.columns.patient')}>
        <Stack gap={0} className={list['words'] ?? ''}>
          <Anchor
            fw={600}
            renderRoot={(props) => (
              <Link
                to="/referrals/$id"
                params={{ id: item.id }}
                state={{ fromList: true }}
                {...props}
                {...{ [ROW_LINK]: '' }}
              />
            )}
          >
            <bdi>{item.patient.name ?? t('state.unnamed')}</bdi>
          </Anchor>
          {item.patient.birthDate !== null && (
            <Text size="sm" c="dimmed">
              {t('referrals.born', { date: dayText(item.patient.birthDate) })}
            </Text>
          )}
        </Stack>
      </td>
      <td data-label={t('referrals.columns.state')}>
        <Group gap="xs">
          {t(`names.stage.${item.state}`)}
          {item.priority !== null && item.priority !== 'routine' && <Priority priority={item.priority} />}
        </Group>
      </td>
      <td data-label={t('referrals.columns.since')}>
        <Lasting since={item.enteredStateAt} />
        {item.nextDue !== null && <NextDue {...item.nextDue} />}
      </td>
      <td data-label={t('referrals.columns.with')} className={list['words']}>
        <bdi>
          <With item={item} mine={mine} />
        </bdi>
      </td>
      <td data-label={t('referrals.columns.note')} className={list['words']}>
        {item.saidLast !== null && <SaidLast said={item.saidLast} />}
      </td>
      <td data-label={t('referrals.columns.action')}>
        {item.allowedActions.includes('EditDraft') && (
          <Button
            size="compact-md"
            mih={36}
            variant="light"
            {...{ [ROW_ACT]: '' }}
            renderRoot={(props) => <Link to="/referrals/$id/draft" params={{ id: item.id }} {...props} />}
          >
            {t('referrals.draft')}
          </Button>
        )}
        {step !== undefined && !item.allowedActions.includes('EditDraft') && (
          <Button
            size="compact-md"
            mih={36}
            variant="light"
            onClick={() => act(step, item.id, isByKey())}
            {...{ [ROW_ACT]: '' }}
          >
            {t(`names.deed.${step}`)}
          </Button>
        )}
      </td>
    </tr>
  );
};

const COLUMNS = ['move', 'patient', 'state', 'since', 'with', 'note', 'action'] as const;

const page = getRouteApi('/referrals');

export const ReferralsPage = () => {
  const { t } = useTranslation();
  const { show = 'open' } = page.useSearch();
  useTitle(t('referrals.title'));
  const navigate = page.useNavigate();
  const { organizationId, role } = useMe().actingAs;
  const rows = useLongList('listMyReferrals', ASKED[show]);
  const { counts, error } = rows;
  const { begin, form } = useDeed();
  useRowKeys();
  const filter = (to: Shown): void => void navigate({ search: to === 'open' ? {} : { show: to } });
  return (
    <Stack>
      <Group justify="space-between">
        <Group>
          <Title order={1}>{t('referrals.title')}</Title>
          {ORDERERS.includes(role) && (
            <Button renderRoot={(props) => <Link to="/referrals/new" {...props} />}>
              {t('referrals.new')}
            </Button>
          )}
        </Group>
        <Kinds
          label={t('referrals.filter')}
          kinds={SHOWN}
          nameOf={(kind) => t(`referrals.filters.${kind}`)}
          shown={show}
          show={filter}
          counts={counts}
        />
      </Group>
      <Incomplete streams={rows.lacking} />
      {error !== null && <Trouble error={error} again={rows.again} />}
      {!rows.isThere && error === null && <Loading />}
      {rows.isThere && rows.isEmpty && (
        <Empty
          title={t(show === 'open' ? 'referrals.empty' : 'referrals.emptyFiltered')}
          text={t(show === 'open' ? 'referrals.emptyText' : 'referrals.emptyFilteredText')}
        >
          {show !== 'open' && <Button onClick={() => filter('open')}>{t('referrals.showAll')}</Button>}
        </Empty>
      )}
      {!rows.isEmpty && (
        <ListTable
          items={rows}
          name={`referrals ${show}`}
          label={t('referrals.title')}
          total={counts?.[show]}
          columns={COLUMNS.map((column) => t(`referrals.columns.${column}`))}
          row={(item, place) => (
            <Row key={item.id} item={item} place={place} mine={organizationId} act={begin} />
          )}
        />
      )}
      {form}
    </Stack>
  );
};
