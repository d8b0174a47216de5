/** What was measured under a referral: the five benefits, and each kind over time. Who treats records and corrects it here. */
import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../api/questions.js';
import { Incomplete, Loading, Trouble } from '../parts/states.js';
import { BenefitCard } from './BenefitCard.js';
import { CorrectMeasure, RecordMeasure } from './MeasureForm.js';
import type { Assessment, Series } from './series.js';
import { SeriesCard } from './SeriesCard.js';
import { LATEST, useCourse, useWholeCourse, type Course } from './use-course.js';

type Referral = Answer<'getReferral'>;

type Begun = { readonly like?: Series } | { readonly corrected: Assessment };

interface CurvesProps {
  readonly course: Course;
  readonly begin: (what: Begun) => void;
  readonly may: { readonly record: boolean; readonly correct: boolean };
}

const Curves = ({ course: { series, benefits, visits }, begin, may }: CurvesProps) => {
  const { t } = useTranslation();
  const lines = benefits.flatMap((benefit) => benefit.lines);
  if (series.length === 0) return <Text>{t('measures.none')}</Text>;
  return series.map((one) => (
    <SeriesCard
      key={one.key}
      series={one}
      target={lines.find((line) => line.series === one)?.goal?.target}
      visits={visits}
      again={may.record ? () => begin({ like: one }) : undefined}
      correct={may.correct ? (corrected) => begin({ corrected }) : undefined}
    />
  ));
};

/** It is measured between acceptance and outcome, by who may report that (under-care.spec.ts); what was measured is corrected also after it. */
const mayOf = ({ allowedActions }: Pick<Referral, 'allowedActions'>): CurvesProps['may'] => {
  const record = allowedActions.includes('ReportOutcome');
  return { record, correct: record || allowedActions.includes('AmendOutcome') };
};

export const Measures = ({ referral }: { readonly referral: Referral }) => {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const brief = useCourse(referral.id);
  const whole = useWholeCourse(referral.id, all);
  const { course = brief.course, error } = all ? whole : brief;
  const [begun, setBegun] = useState<Begun>();
  const close = (): void => setBegun(undefined);
  const may = mayOf(referral);
  return (
    <Card component="section" aria-labelledby="measures" withBorder>
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h4" id="measures">
            {t('measures.title')}
          </Title>
          {may.record && (
            <Button mih={44} variant="default" onClick={() => setBegun({})} disabled={course === undefined}>
              {t('measures.record')}
            </Button>
          )}
        </Group>
        {error !== null && <Trouble error={error} />}
        {course === undefined && error === null && <Loading />}
        {course !== undefined && (
          <>
            <Incomplete streams={course.lacking} />
            {course.isCut && (
              <Group gap="sm">
                <Text>{t('measures.cut', { count: LATEST })}</Text>
                <Button
                  mih={44}
                  variant="default"
                  loading={all && error === null}
                  onClick={() => setAll(true)}
                >
                  {t('measures.all')}
                </Button>
              </Group>
            )}
            <BenefitCard course={course} />
            <Curves course={course} begin={setBegun} may={may} />
          </>
        )}
      </Stack>
      {course !== undefined && begun !== undefined && !('corrected' in begun) && (
        <RecordMeasure referralId={referral.id} course={course} close={close} {...begun} />
      )}
      {course !== undefined && begun !== undefined && 'corrected' in begun && (
        <CorrectMeasure assessment={begun.corrected} course={course} close={close} />
      )}
    </Card>
  );
};
