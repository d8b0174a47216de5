/** One kind of measurement: its curve, and the same in numbers. */
import { givenOf } from '@fascia/letter/rules';
import { Button, Card, Group, List, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';
import list from '../parts/list.module.css';
import { Moment } from '../parts/Moment.js';
import { Loading } from '../parts/states.js';
import { ChangeLabel } from './ChangeLabel.js';
import { countsFrom, type Assessment, type Series, type Visit } from './series.js';
import { kindText, valueText } from './texts.js';

/** The library that draws is large, and not everybody who opens a referral measures. */
const Curve = lazy(async () => ({ default: (await import('./Curve.js')).Curve }));

export interface SeriesCardProps {
  readonly series: Series;
  readonly target: number | undefined;
  readonly visits: readonly Visit[];
  /** Not there for who may not measure. */
  readonly again: (() => void) | undefined;
  readonly correct: ((one: Assessment) => void) | undefined;
}

const Key = ({ series, target, visits }: Pick<SeriesCardProps, 'series' | 'target' | 'visits'>) => {
  const { t } = useTranslation();
  const counts = countsFrom(series);
  return (
    <List size="sm" c="dimmed">
      <List.Item>{t('measures.keyBaseline')}</List.Item>
      {counts !== undefined && (
        <List.Item>
          {t('measures.keyBand', { threshold: valueText(counts, series.baseline.measurement) })}
        </List.Item>
      )}
      {target !== undefined && <List.Item>{t('measures.keyTarget')}</List.Item>}
      {givenOf(visits).length > 0 && <List.Item>{t('measures.keyVisits')}</List.Item>}
    </List>
  );
};

const Row = ({
  one,
  first,
  correct,
}: { readonly one: Assessment; readonly first: boolean } & Pick<SeriesCardProps, 'correct'>) => {
  const { t } = useTranslation();
  const { measurement, change, point, recordedAt } = one;
  return (
    <tr>
      <td data-label={t('measures.when')}>
        <Moment at={recordedAt} />
      </td>
      <td data-label={t('measures.point')}>{t(`names.point.${point}`)}</td>
      <td data-label={t('measures.value')}>{valueText(measurement.value, measurement)}</td>
      <td data-label={t('measures.change')}>
        {change === null ? (
          first && <Text size="sm">{t('measures.baseline')}</Text>
        ) : (
          <ChangeLabel change={change} of={measurement} />
        )}
      </td>
      {correct !== undefined && (
        <td>
          <Button variant="subtle" mih={44} onClick={() => correct(one)}>
            {t('measures.correct')}
          </Button>
        </td>
      )}
    </tr>
  );
};

const COLUMNS = ['measures.when', 'measures.point', 'measures.value', 'measures.change'] as const;

export const SeriesCard = ({ series, target, visits, again, correct }: SeriesCardProps) => {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id} withBorder>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h5" id={id}>
            {kindText(t, series.now.measurement)}
          </Title>
          {again !== undefined && (
            <Button variant="default" mih={44} onClick={again}>
              {t('measures.again')}
            </Button>
          )}
        </Group>
        <Suspense fallback={<Loading />}>
          <Curve series={series} target={target} visits={visits} />
        </Suspense>
        <Key series={series} target={target} visits={visits} />
        <table className={list['list']} aria-labelledby={id}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
              {correct !== undefined && <th scope="col">{t('measures.correct')}</th>}
            </tr>
          </thead>
          <tbody>
            {series.points.map((one, n) => (
              <Row key={one.id} one={one} first={n === 0} correct={correct} />
            ))}
          </tbody>
        </table>
      </Stack>
    </Card>
  );
};
