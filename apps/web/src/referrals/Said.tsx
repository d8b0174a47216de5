/** What was said about a referral: what is new, and what was before it where somebody asks. */
import { Card, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { useList } from '../api/use-service.js';
import { Earlier } from '../parts/Earlier.js';
import { Empty, Trouble } from '../parts/states.js';
import { Thread } from './Thread.js';

/** Twice of what a referral itself says. */
const PART = 100;

export const Said = ({ referral }: { readonly referral: Answer<'getReferral'> }) => {
  const { t } = useTranslation();
  const [back, goBack] = useState(false);
  const list = useList('listThread', { id: referral.id, limit: PART }, back);
  const { data, error, hasNextPage, fetchNextPage, isFetching } = list;
  const entries = data?.pages.flatMap(({ items }) => items).toReversed() ?? referral.thread;
  const isMore = data === undefined ? referral.saidEarlier : hasNextPage;
  return (
    <Card component="section" aria-labelledby="thread" withBorder>
      <Stack gap="sm">
        <Title order={2} size="h4" id="thread">
          {t('referral.thread')}
        </Title>
        {error !== null && <Trouble error={error} again={() => void list.refetch()} />}
        {isMore && (
          <Earlier busy={back && isFetching} show={() => (back ? void fetchNextPage() : goBack(true))} />
        )}
        {entries.length === 0 ? (
          <Empty title={t('referral.threadEmpty')} text={t('referral.threadEmptyText')} />
        ) : (
          <Thread entries={entries} />
        )}
      </Stack>
    </Card>
  );
};
