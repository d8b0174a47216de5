/** The five benefits of one referral: from where, to where, how far it was meant to come, and what was treated. */
import { treatedIn, type Category } from '@fascia/letter/rules';
import { Stack, Text, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { BodyMap } from '../body-map/BodyMap.js';
import { BODY_WORDS } from '../body-map/words.js';
import list from '../parts/list.module.css';
import { Incomplete } from '../parts/states.js';
import { dayOfMoment } from '../parts/times.js';
import { inReadersLanguage } from '../words/words.js';
import { ChangeLabel } from './ChangeLabel.js';
import { kindText, valueText } from './texts.js';
import type { Line } from './series.js';
import type { Course } from './use-course.js';
import { Columns } from '../parts/Columns.js';

/** By what it is measured, and what was wanted of it in words. */
const Measured = ({ line: { series, goal } }: { readonly line: Line }) => {
  const { t } = useTranslation();
  const measure = goal?.measure;
  return (
    <Stack gap={0}>
      {series !== undefined && <Text>{kindText(t, series.now.measurement)}</Text>}
      {series === undefined && measure !== undefined && <Text>{t(`names.instrument.${measure}`)}</Text>}
      {goal !== undefined && (
        <Text size="sm" c="dimmed" dir="auto">
          {goal.text}
        </Text>
      )}
    </Stack>
  );
};

const Now = ({ line: { series, goal } }: { readonly line: Line }) => {
  const { t } = useTranslation();
  if (series === undefined)
    return t(
      goal !== undefined && goal.measure === undefined
        ? 'measures.card.onlyWords'
        : 'measures.card.notMeasured',
    );
  if (series.points.length === 1) return t('measures.card.notAgain');
  return valueText(series.now.measurement.value, series.now.measurement);
};

const COLUMNS = ['benefit', 'measured', 'baseline', 'now', 'target', 'change'] as const;
const HEADS = {
  benefit: 'measures.card.benefit',
  measured: 'measures.card.measured',
  baseline: 'measures.baseline',
  now: 'measures.now',
  target: 'measures.target',
  change: 'measures.change',
} as const;

const Row = ({ category, line }: { readonly category: Category; readonly line: Line }) => {
  const { t } = useTranslation();
  const { series, goal } = line;
  const measure = series?.now.measurement.instrument ?? goal?.measure;
  const shown = (value: number | undefined): string | undefined =>
    value === undefined || measure === undefined ? undefined : valueText(value, { instrument: measure });
  const cells = {
    benefit: <Text fw={600}>{t(`names.goal.${category}`)}</Text>,
    measured: (series !== undefined || goal !== undefined) && <Measured line={line} />,
    baseline: shown(series?.baseline.measurement.value ?? goal?.baseline),
    now: <Now line={line} />,
    target: shown(goal?.target),
    change: series !== undefined && series.now.change !== null && (
      <ChangeLabel change={series.now.change} of={series.now.measurement} />
    ),
  };
  return (
    <tr>
      {COLUMNS.map((column) => (
        <td
          key={column}
          data-label={t(HEADS[column])}
          className={column === 'measured' ? list['words'] : undefined}
        >
          {cells[column]}
        </td>
      ))}
    </tr>
  );
};

const Benefits = ({ benefits }: Pick<Course, 'benefits'>) => {
  const { t } = useTranslation();
  return (
    <table className={list['list']} aria-label={t('measures.card.title')}>
      <Columns columns={COLUMNS.map((column) => t(HEADS[column]))} />
      <tbody>
        {benefits.flatMap(({ category, lines }) =>
          (lines.length === 0 ? [{}] : lines).map((line, n) => (
            <Row key={`${category}${String(n)}`} category={category} line={line} />
          )),
        )}
      </tbody>
    </table>
  );
};

const Given = ({ given }: Pick<Course, 'given'>) => {
  const { t } = useTranslation();
  return (
    <Text>
      {given === undefined
        ? t('measures.card.noVisits')
        : t('measures.card.visits', {
            count: given.count,
            first: dayOfMoment(given.first),
            last: dayOfMoment(given.last),
          })}
    </Text>
  );
};

export const BenefitCard = ({
  course: { benefits, visits, given, lacking },
}: {
  readonly course: Course;
}) => {
  const { t } = useTranslation();
  const id = useId();
  const treated = treatedIn(visits);
  return (
    <Stack component="section" aria-labelledby={id} gap="sm">
      <Title order={3} size="h5" id={id}>
        {t('measures.card.title')}
      </Title>
      <Incomplete streams={lacking} />
      <Given given={given} />
      <Benefits benefits={benefits} />
      <Title order={4} size="h6">
        {t('measures.card.treated')}
      </Title>
      {treated.length === 0 ? (
        <Text>{t('measures.card.nothingTreated')}</Text>
      ) : (
        <BodyMap
          small
          sites={treated}
          words={inReadersLanguage(BODY_WORDS)}
          label={t('measures.card.treated')}
        />
      )}
    </Stack>
  );
};
