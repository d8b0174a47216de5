/** An order on one page, part by part: as it is written first, and as it is changed later. */
import { Card, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { dayText } from '../parts/times.js';
import { Warnings } from '../safety/Warnings.js';
import { Attachments } from './Attachments.js';
import { Findings } from './Findings.js';
import { Dose, Goals, Payer, Words, type PartProps } from './parts.js';
import { Places } from './Places.js';
import { Questions } from './Questions.js';
import { Recipient } from './Recipient.js';

export type PartName =
  'findings' | 'places' | 'words' | 'goals' | 'dose' | 'papers' | 'clinic' | 'payer' | 'questions';

const PARTS: Readonly<Record<PartName, (props: PartProps) => ReactNode>> = {
  findings: Findings,
  places: Places,
  words: Words,
  goals: Goals,
  dose: Dose,
  papers: Attachments,
  clinic: Recipient,
  payer: Payer,
  questions: Questions,
};

interface PartCardProps {
  readonly name: string;
  readonly title: string;
  readonly children: ReactNode;
}

export const PartCard = ({ name, title, children }: PartCardProps) => (
  <Card component="section" aria-labelledby={`part-${name}`} withBorder>
    <Title order={2} size="h4" id={`part-${name}`} mb="sm">
      {title}
    </Title>
    {children}
  </Card>
);

interface OrderPartsProps extends PartProps {
  /** In the order in which they are gone through. */
  readonly parts: readonly PartName[];
}

export const OrderParts = ({ parts, ...props }: OrderPartsProps) => {
  const { t } = useTranslation();
  return parts.map((name) => {
    const Part = PARTS[name];
    return (
      <PartCard key={name} name={name} title={t(`order.part.${name}`)}>
        <Part {...props} />
      </PartCard>
    );
  });
};

/** Whom it is for, and what warns of them. */
export const OrderHead = ({ patient }: Pick<Answer<'getReferral'>, 'patient'>) => {
  const { t } = useTranslation();
  return (
    <>
      <Title order={1}>
        <bdi>{patient.name ?? t('state.unnamed')}</bdi>
      </Title>
      {patient.birthDate !== null && <Text>{t('referrals.born', { date: dayText(patient.birthDate) })}</Text>}
      <Warnings patientId={patient.id} />
    </>
  );
};
