/** How an order was changed since it was sent: the latest change, and those before it where somebody asks. */
import { Card, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { Changes } from '../order/Changes.js';
import type { Content } from '../order/content.js';
import { Earlier } from '../parts/Earlier.js';
import { Moment } from '../parts/Moment.js';

type Referral = Answer<'getReferral'>;

interface Revised {
  readonly at: string;
  readonly before: Content;
  readonly now: Content;
}

/** Oldest first: what each change made of what was said until then. */
const revisionsOf = ({ content, earlier }: Pick<Referral, 'content' | 'earlier'>): readonly Revised[] =>
  earlier.map(({ content: before, until }, n) => ({
    at: until,
    before: before as Content,
    now: (earlier[n + 1]?.content ?? content) as Content,
  }));

export const Revisions = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const [all, showAll] = useState(false);
  const { patient, revisionToAcknowledge } = referral;
  const revisions = revisionsOf(referral);
  if (revisions.length === 0) return undefined;
  return (
    <Card component="section" aria-labelledby="revisions" withBorder>
      <Stack gap="sm">
        <Title order={2} size="h4" id="revisions">
          {t('referral.revised')}
        </Title>
        {revisionToAcknowledge && <Text fw={600}>{t('referral.toAcknowledge')}</Text>}
        {!all && revisions.length > 1 && <Earlier busy={false} show={() => showAll(true)} />}
        {revisions.slice(all ? 0 : -1).map(({ at, before, now }) => (
          <div key={at}>
            <Text size="sm" c="dimmed">
              <Moment at={at} />
            </Text>
            <Changes patientId={patient.id} before={before} now={now} />
          </div>
        ))}
      </Stack>
    </Card>
  );
};
