/** What was ordered, as far as the caller may know it. */
import { Card, Stack, Table, Text, Title } from '@mantine/core';
import type { RedFlagId, Region, Side, Tissue } from '@fascia/clinical';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { BodyMap } from '../body-map/BodyMap.js';
import { BODY_WORDS } from '../body-map/words.js';
import { DocumentLine } from '../documents/DocumentLine.js';
import { useDiagnosesOf } from '../order/use-diagnosed.js';
import facts from '../parts/facts.module.css';
import { dayText } from '../parts/times.js';
import { precautionWords, techniqueName } from '../safety/catalogue-words.js';
import { inReadersLanguage } from '../words/words.js';

type Referral = Answer<'getReferral'>;

const Line = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <Table.Tr>
    <Table.Th scope="row">{label}</Table.Th>
    <Table.Td dir="auto">{children}</Table.Td>
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

type Content = Referral['content'];

/** What is to be respected: said beside what is on record, and found out for this order. */
const Limits = ({ content }: { readonly content: Content }) => {
  const { t } = useTranslation();
  const { precautions = [], screening = [], service } = content;
  const found = screening.filter(({ answer }) => answer === 'yes');
  const lists = [
    ['preferred', service?.techniquesPreferred ?? []],
    ['excluded', service?.techniquesExcluded ?? []],
  ] as const;
  return (
    <>
      {precautions.length > 0 && (
        <Line label={t('referral.precautions')}>{precautions.map(precautionWords).join('; ')}</Line>
      )}
      {screening.length > 0 && (
        <Line label={t('referral.screening')}>
          {found.length === 0
            ? t('referral.screenedNothing')
            : found.map(({ flagId }) => t(`names.redFlag.${flagId as RedFlagId}`)).join('; ')}
        </Line>
      )}
      {lists.map(
        ([name, codes]) =>
          codes.length > 0 && (
            <Line key={name} label={t(`referral.${name}`)}>
              {codes.map(techniqueName).join('; ')}
            </Line>
          ),
      )}
    </>
  );
};

const Diagnoses = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const said = useDiagnosesOf(referral);
  return said.length === 0 ? undefined : <Line label={t('referral.diagnoses')}>{said.join('; ')}</Line>;
};

export const Order = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const { content, sites } = referral;
  const { clinicalQuestion, mechanism, onset, goals = [], requested, attachments = [] } = content;
  const { suspicion, payer } = content;
  return (
    <Card component="section" aria-labelledby="order" withBorder>
      <Title order={2} size="h4" id="order" mb="sm">
        {t('referral.order')}
      </Title>
      <Table className={facts['facts'] ?? ''} withRowBorders={false} verticalSpacing="xs">
        <Table.Tbody>
          {sites.length > 0 && (
            <Line label={t('referral.sites')}>
              <Sites sites={sites} />
            </Line>
          )}
          <Diagnoses referral={referral} />
          {suspicion !== undefined && <Line label={t('referral.suspicion')}>{suspicion}</Line>}
          <Limits content={content} />
          {clinicalQuestion !== undefined && <Line label={t('referral.question')}>{clinicalQuestion}</Line>}
          {onset !== undefined && <Line label={t('referral.onset')}>{dayText(onset)}</Line>}
          {mechanism !== undefined && <Line label={t('referral.mechanism')}>{mechanism}</Line>}
          {goals.length > 0 && (
            <Line label={t('referral.goals')}>
              {goals.map(({ category, text }) => (
                <Text key={category + text} dir="auto" inherit>
                  {t(`names.goal.${category}`)}: {text}
                </Text>
              ))}
            </Line>
          )}
          {requested !== undefined && (
            <Line label={t('referral.requested')}>
              {t('referral.visits', { count: requested.visits, weeks: requested.weeks })}
              {`, ${t('plan.perWeek', { count: requested.frequencyPerWeek })}`}
            </Line>
          )}
          {payer !== undefined && (
            <Line label={t('referral.payer')}>{t(`names.payer.${payer.profile}`)}</Line>
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
