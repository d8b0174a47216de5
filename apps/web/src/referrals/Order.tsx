/** What was ordered, as far as the caller may know it. */
import { Card, Stack, Table, Text, Title } from '@mantine/core';
import type { Region, Side, Tissue } from '@fascia/clinical';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { BodyMap } from '../body-map/BodyMap.js';
import { BODY_WORDS } from '../body-map/words.js';
import { DocumentLine } from '../documents/DocumentLine.js';
import { dayText } from '../parts/times.js';
import { inReadersLanguage } from '../words/words.js';

type Referral = Answer<'getReferral'>;

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <Table.Tr>
    <Table.Th scope="row" w="12rem" style={{ verticalAlign: 'top' }}>
      {label}
    </Table.Th>
    <Table.Td style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }} dir="auto">
      {children}
    </Table.Td>
  </Table.Tr>
);

/** On the body, in the colour of the first tissue that is meant. */
const Sites = ({ sites }: { readonly sites: Referral['sites'] }) => {
  const { t } = useTranslation();
  const marked = sites.map(({ region, side, tissues: [tissue] }) => ({
    region: region as Region,
    ...(side === undefined ? {} : { side: side as Side }),
    ...(tissue === undefined ? {} : { tone: tissue as Tissue }),
  }));
  return <BodyMap small sites={marked} words={inReadersLanguage(BODY_WORDS)} label={t('referral.sites')} />;
};

export const Order = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const { content, sites, diagnosisCodes } = referral;
  const { clinicalQuestion, mechanism, onset, goals = [], requested, attachments = [] } = content;
  return (
    <Card component="section" aria-labelledby="order" withBorder>
      <Title order={2} size="h4" id="order" mb="sm">
        {t('referral.order')}
      </Title>
      <Table withRowBorders={false} verticalSpacing="xs">
        <Table.Tbody>
          {sites.length > 0 && (
            <Line label={t('referral.sites')}>
              <Sites sites={sites} />
            </Line>
          )}
          {diagnosisCodes.length > 0 && (
            <Line label={t('referral.diagnoses')}>{diagnosisCodes.join(', ')}</Line>
          )}
          {clinicalQuestion !== undefined && <Line label={t('referral.question')}>{clinicalQuestion}</Line>}
          {onset !== undefined && <Line label={t('referral.onset')}>{dayText(onset)}</Line>}
          {mechanism !== undefined && <Line label={t('referral.mechanism')}>{mechanism}</Line>}
          {goals.length > 0 && (
            <Line label={t('referral.goals')}>
              {goals.map(({ category, text }) => (
                <Text key={category + text} dir="auto">
                  {t(`names.goal.${category}`)}: {text}
                </Text>
              ))}
            </Line>
          )}
          {requested !== undefined && (
            <Line label={t('referral.requested')}>
              {t('referral.visits', { count: requested.visits, weeks: requested.weeks })}
            </Line>
          )}
          {attachments.length > 0 && (
            <Line label={t('documents.title')}>
              <Stack>
                {attachments.map(({ documentId }) => (
                  <DocumentLine key={documentId} id={documentId} />
                ))}
              </Stack>
            </Line>
          )}
        </Table.Tbody>
      </Table>
    </Card>
  );
};
