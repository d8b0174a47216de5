/** Whose visit it is, when and how far; why they come, and how they took the last one. */
import { CONTRAINDICATIONS } from '@fascia/clinical/contraindications';
import { Anchor, Badge, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { BODY_WORDS, headline, siteName } from '../body-map/words.js';
import { Moment } from '../parts/Moment.js';
import { dayText } from '../parts/times.js';
import { inReadersLanguage } from '../words/words.js';
import { siteOf, type Visit } from './rows.js';
import css from './visit.module.css';

type Referral = Answer<'getReferral'>;

export const VisitHead = ({
  visit,
  referral,
}: {
  readonly visit: Visit;
  readonly referral: Referral | undefined;
}) => {
  const { t } = useTranslation();
  const patient = referral?.patient;
  return (
    <Stack gap="xs">
      <Anchor
        renderRoot={(props) => <Link to="/referrals/$id" params={{ id: visit.referralId }} {...props} />}
      >
        {t('visit.back')}
      </Anchor>
      <Title order={1}>
        <bdi>{patient?.name ?? t('state.unnamed')}</bdi>
      </Title>
      <Group gap="sm">
        {patient !== undefined && patient.birthDate !== null && (
          <Text>{t('referrals.born', { date: dayText(patient.birthDate) })}</Text>
        )}
        <Text>{t(`names.visitKind.${visit.kind}`)}</Text>
        <Text>
          <Moment at={visit.start} />
        </Text>
        <Badge variant="outline">{t(`names.visitStage.${visit.state}`)}</Badge>
      </Group>
    </Stack>
  );
};

/** What has left the catalogue keeps its number. */
const wordsOf = (catalogueId: string): string =>
  CONTRAINDICATIONS.find(({ id }) => id === catalogueId)?.words ?? catalogueId;

/** The order's question and precautions, and of the last visit pain, response and what was meant to come next. */
export const Why = ({
  referral,
  last,
}: {
  readonly referral: Referral | undefined;
  readonly last: Visit | undefined;
}) => {
  const { t } = useTranslation();
  const words = inReadersLanguage(BODY_WORDS);
  const precautions = referral?.content.precautions ?? [];
  const taken = last?.interventions.filter(({ response }) => response !== undefined) ?? [];
  return (
    <Card component="section" aria-labelledby="why" withBorder>
      <Stack gap="xs">
        <Title order={2} size="h4" id="why">
          {t('visit.why')}
        </Title>
        {referral?.content.clinicalQuestion !== undefined && (
          <Text dir="auto" className={css['words'] ?? ''}>
            {referral.content.clinicalQuestion}
          </Text>
        )}
        {precautions.length > 0 && (
          <Text fw={600}>
            {t('visit.ordered')}: {precautions.map(wordsOf).join('; ')}
          </Text>
        )}
        {last === undefined ? (
          <Text c="dimmed">{t('visit.noLast')}</Text>
        ) : (
          <Stack gap={2}>
            <Text fw={600}>
              {t('visit.last')} <Moment at={last.start} />
            </Text>
            {last.nprs.before !== null && last.nprs.after !== null && (
              <Text>{t('visit.painChange', { before: last.nprs.before, after: last.nprs.after })}</Text>
            )}
            {taken.map((done) => (
              <Text key={done.seq} dir="auto" className={css['words'] ?? ''}>
                {headline(siteName(words, siteOf(done)))}: {done.response}
              </Text>
            ))}
            {last.narrative !== null && (
              <Text dir="auto" className={css['words'] ?? ''}>
                {t('visit.narrative.plan')}: {last.narrative.plan}
              </Text>
            )}
          </Stack>
        )}
      </Stack>
    </Card>
  );
};
