/** What both sides said, oldest first. */
import { Stack, Text, Timeline } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { Moment } from '../parts/Moment.js';
import { Who } from '../parts/Who.js';

type Entry = Answer<'getReferral'>['thread'][number];

const Said = ({ text }: { readonly text: string }) => (
  <Text dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
    {text}
  </Text>
);

const What = ({ entry: { text, details } }: { readonly entry: Entry }) => {
  const { t } = useTranslation();
  return (
    <Stack gap={4}>
      {details?.reason !== undefined && <Text>{t(`names.declineReason.${details.reason}`)}</Text>}
      {details?.questions?.map((question) => (
        <Said key={question.questionId} text={question.text} />
      ))}
      {details?.answers?.map((answer) => (
        <Said key={answer.questionId} text={answer.text} />
      ))}
      {text !== null && <Said text={text} />}
    </Stack>
  );
};

export const Thread = ({ entries }: { readonly entries: readonly Entry[] }) => {
  const { t } = useTranslation();
  return (
    <Timeline active={entries.length} bulletSize={16} lineWidth={2}>
      {entries.map((entry) => (
        <Timeline.Item key={entry.id} title={t(`names.entry.${entry.kind}`)}>
          <Text size="sm" c="dimmed">
            <Who {...entry} />, <Moment at={entry.at} />
          </Text>
          <What entry={entry} />
        </Timeline.Item>
      ))}
    </Timeline>
  );
};
