/** The visits of a referral, each on a page of its own: the latest, and earlier ones where they are asked for. */
import './own-words.js';
import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { lackingIn, useList } from '../api/use-service.js';
import { Earlier } from '../parts/Earlier.js';
import { Moment } from '../parts/Moment.js';
import { Incomplete, Loading, Trouble } from '../parts/states.js';

const LATEST = 20;

export const VisitList = ({ referralId }: { readonly referralId: string }) => {
  const { t } = useTranslation();
  const list = useList('listSessions', { referralId, latestFirst: true, limit: LATEST });
  const { data, error, refetch } = list;
  if (error !== null && data === undefined) return <Trouble error={error} again={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  const visits = data.pages.flatMap(({ items }) => items).toReversed();
  return (
    <Stack gap={0}>
      <Incomplete streams={lackingIn(data)} />
      {visits.length === 0 && <Text>{t('referral.noVisit')}</Text>}
      {list.hasNextPage && <Earlier busy={list.isFetchingNextPage} show={() => void list.fetchNextPage()} />}
      {visits.map(({ id, start, kind, state, nprs }) => (
        <Group key={id} gap="sm" mih={44}>
          <Anchor renderRoot={(props) => <Link to="/visits/$id" params={{ id }} {...props} />}>
            <Moment at={start} />
          </Anchor>
          <Text>{t(`names.visitKind.${kind}`)}</Text>
          <Badge variant="outline">{t(`names.visitStage.${state}`)}</Badge>
          {nprs.before !== null && nprs.after !== null && (
            <Text>{t('visit.painChange', { before: nprs.before, after: nprs.after })}</Text>
          )}
        </Group>
      ))}
    </Stack>
  );
};
