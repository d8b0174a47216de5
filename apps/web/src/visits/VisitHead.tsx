/** Whose visit it is, when and how far. */
import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { Moment } from '../parts/Moment.js';
import { dayText } from '../parts/times.js';
import type { Visit } from './rows.js';

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
