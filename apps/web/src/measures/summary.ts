/** How a discharge summary begins: with what is known, line by line. Whoever treats goes on from there. */
import { treatedIn } from '@fascia/letter/rules';
import type { TFunction } from 'i18next';
import { BODY_WORDS } from '../body-map/words.js';
import { dayOfMoment } from '../parts/times.js';
import { kindText, valueText } from './texts.js';
import type { Line } from './series.js';
import type { Course } from './use-course.js';

const measured = (t: TFunction, { series, goal }: Line): readonly string[] => {
  if (series === undefined) return [];
  const { baseline, now } = series;
  const { change } = now;
  const parts = [
    t('measures.outcome.summaryLine', {
      name: kindText(t, now.measurement),
      baseline: valueText(baseline.measurement.value, baseline.measurement),
      baselineDay: dayOfMoment(baseline.recordedAt),
      now: valueText(now.measurement.value, now.measurement),
      nowDay: dayOfMoment(now.recordedAt),
    }),
    ...(goal?.target === undefined
      ? []
      : [t('measures.outcome.summaryTarget', { target: valueText(goal.target, now.measurement) })]),
    ...(change === null
      ? []
      : [
          t(`measures.label.${change.label}`, {
            gain: valueText(change.label === 'notComparable' ? 0 : Math.abs(change.gain), now.measurement),
          }),
        ]),
  ];
  return [`${parts.join('; ')}.`];
};

export const summaryOf = (t: TFunction, { benefits, visits, given }: Course): string => {
  const notMeasured = benefits.filter(({ lines }) => !lines.some(({ series }) => series));
  const places = treatedIn(visits).map(({ region, side, tone }) =>
    [
      t(`names.region.${region}`),
      ...(side === undefined ? [] : [t(`names.bodySide.${side}`)]),
      ...(tone === undefined ? [] : [BODY_WORDS.tones[tone]]),
    ].join(', '),
  );
  return [
    given === undefined
      ? t('measures.card.noVisits')
      : `${t('measures.card.visits', { count: given.count, first: dayOfMoment(given.first), last: dayOfMoment(given.last) })}.`,
    ...benefits.flatMap(({ lines }) => lines.flatMap((line) => measured(t, line))),
    ...(notMeasured.length === 0
      ? []
      : [
          `${t('measures.outcome.summaryNot', {
            benefits: notMeasured.map(({ category }) => t(`names.goal.${category}`)).join(', '),
          })}.`,
        ]),
    ...(places.length === 0
      ? []
      : [`${t('measures.outcome.summaryTreated', { places: places.join('; ') })}.`]),
  ].join('\n');
};
