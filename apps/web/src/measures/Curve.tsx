/** One kind of measurement over time. What it shows, the table beside it says in numbers. */
import { givenOf } from '@fascia/letter/rules';
import '@mantine/charts/styles.css';
import type { Instrument } from '@fascia/assessment/contract';
import { LineChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import { readersLocale } from '../words/words.js';
import { countsFrom, type Series, type Visit } from './series.js';
import { kindText, valueText } from './texts.js';

const HEIGHT = 220;
const DAY_MS = 86_400_000;

const dayTick = (at: number): string =>
  new Intl.DateTimeFormat(readersLocale(), { month: 'short', day: 'numeric' }).format(at);

interface CurveProps {
  readonly series: Series;
  readonly target: number | undefined;
  readonly visits: readonly Visit[];
}

/** Words beside a line, so that its colour is not the only thing that tells it; in a colour that can be read. */
const line = (color: string, y: number, value: string, strokeDasharray: string) => ({
  y,
  color,
  strokeDasharray,
  label: { value, fill: 'var(--mantine-color-text)', fontSize: 12, position: 'insideBottomRight' as const },
});

const TEN = 10;

/** As far as anything reaches that is shown, in whole tens; scores have ends of their own. */
const axisOf = (instrument: Instrument, values: readonly number[]) =>
  instrument === 'ROM'
    ? {
        domain: [
          Math.floor(Math.min(...values) / TEN) * TEN,
          // What is written above the highest line has room.
          Math.ceil((Math.max(...values) + 1) / TEN) * TEN,
        ],
        width: 48,
      }
    : { domain: [0, 10], ticks: [0, 2, 4, 6, 8, 10], width: 48 };

const Chart = ({ series, target, visits }: CurveProps) => {
  const { t } = useTranslation();
  const { baseline, points } = series;
  const { measurement } = baseline;
  const data = points.map((point) => ({
    at: Date.parse(point.recordedAt),
    value: point.measurement.value,
  }));
  const given = givenOf(visits).map(({ start }) => Date.parse(start));
  const moments = [...data.map(({ at }) => at), ...given];
  const counts = countsFrom(series);
  return (
    <LineChart
      h={HEIGHT}
      data={data}
      dataKey="at"
      series={[{ name: 'value', label: kindText(t, measurement), color: 'cyan.7' }]}
      curveType="linear"
      strokeWidth={2}
      accessibilityLayer={false}
      withTooltip={false}
      lineProps={{ isAnimationActive: false }}
      valueFormatter={(value) => valueText(value, measurement)}
      xAxisProps={{
        type: 'number',
        scale: 'time',
        domain: [Math.min(...moments) - DAY_MS, Math.max(...moments) + DAY_MS],
        tickFormatter: dayTick,
      }}
      yAxisProps={axisOf(measurement.instrument, [
        ...data.map(({ value }) => value),
        ...(counts === undefined ? [] : [measurement.value - counts, measurement.value + counts]),
        ...(target === undefined ? [] : [target]),
      ])}
      referenceAreas={
        counts === undefined
          ? []
          : [
              {
                y1: measurement.value - counts,
                y2: measurement.value + counts,
                color: 'gray.5',
                fillOpacity: 0.25,
                ifOverflow: 'hidden',
              },
            ]
      }
      referenceLines={[
        line('gray.6', measurement.value, t('measures.baseline'), '4 4'),
        ...(target === undefined ? [] : [line('teal.7', target, t('measures.target'), '12 4')]),
        ...given.map((at) => ({ x: at, color: 'gray.6', strokeDasharray: '1 5' })),
      ]}
    />
  );
};

export const Curve = (props: CurveProps) => {
  const { t } = useTranslation();
  const { baseline, now } = props.series;
  const label = t('measures.curve', {
    name: kindText(t, now.measurement),
    baseline: valueText(baseline.measurement.value, baseline.measurement),
    now: valueText(now.measurement.value, now.measurement),
  });
  // Time runs from left to right, whichever way the words do.
  return (
    <div role="img" aria-label={label} dir="ltr">
      <Chart {...props} />
    </div>
  );
};
