/** The letter of an outcome: what treatment came to, headed by the five benefits, to the physician who ordered it. */
import { cardWords, filled } from '../contract/card-words.js';
import { names } from '../contract/names.js';
import type { CourseTold, OrderTold } from '../read/case.js';
import {
  benefitsOf,
  givenIn,
  goalsInForce,
  seriesOf,
  treatedIn,
  type Benefit,
  type Line,
} from '../domain/benefits.js';
import { facts, type Letter, type Section } from './letter.js';
import { diagnosisText, patientSection, type Writing } from './order.js';
import { called, changeText, dayText, kindText, momentText, placeText, valueText } from './said.js';

const { card } = cardWords;

const nowText = ({ series, goal }: Line): string => {
  if (series === undefined)
    return goal !== undefined && goal.measure === undefined ? card.onlyWords : card.notMeasured;
  if (series.points.length === 1) return card.notAgain;
  return valueText(series.now.measurement.value, series.now.measurement.instrument);
};

const rowOf = (category: Benefit['category'], line: Line): readonly string[] => {
  const { series, goal } = line;
  const instrument = series?.now.measurement.instrument ?? goal?.measure;
  const shown = (value: number | undefined): string =>
    value === undefined || instrument === undefined ? '' : valueText(value, instrument);
  const by =
    series === undefined ? instrument && names.instrument[instrument] : kindText(series.now.measurement);
  return [
    names.goal[category],
    [by, goal?.text].filter(Boolean).join('\n'),
    shown(series?.baseline.measurement.value ?? goal?.baseline),
    nowText(line),
    shown(goal?.target),
    series === undefined || series.now.change === null
      ? ''
      : changeText(series.now.change, series.now.measurement),
  ];
};

const benefitsSection = ({ plans, assessments, visits }: CourseTold, timeZone: string): Section => {
  const benefits = benefitsOf(seriesOf(assessments), goalsInForce(plans));
  const given = givenIn(visits);
  const day = (moment: string): string => dayText(moment, timeZone);
  const words = given === undefined || given.count === 1 ? card.visits_one : card.visits_other;
  return {
    heading: card.title,
    paragraphs: [
      given === undefined
        ? card.noVisits
        : filled(words, { count: String(given.count), first: day(given.first), last: day(given.last) }),
    ],
    table: {
      heads: [
        card.benefit,
        card.measured,
        cardWords.baseline,
        cardWords.now,
        cardWords.target,
        cardWords.change,
      ],
      rows: benefits.flatMap(({ category, lines }) =>
        (lines.length === 0 ? [{}] : lines).map((line) => rowOf(category, line)),
      ),
    },
  };
};

const treatedSection = ({ visits }: CourseTold): Section => {
  const places = treatedIn(visits).map((site) =>
    [placeText(site), called(names.tissue, site.tone)].join(', '),
  );
  return {
    heading: card.treated,
    paragraphs: places.length === 0 ? [card.nothingTreated] : [places.join('; ')],
  };
};

/** Nothing without an outcome. */
export const outcomeLetter = (
  { referral, patient, diagnoses }: OrderTold,
  course: CourseTold,
  { timeZone, codeText, made }: Writing,
): Letter | undefined => {
  const { outcome, loop, referrer, recipient, thread } = referral;
  if (outcome === null) return undefined;
  const moment = (at: string): string => momentText(at, timeZone);
  const reported = loop.outcome && moment(loop.outcome.at);
  const added = thread.filter(({ kind }) => kind === 'outcome-addendum');
  return {
    title: 'Outcome of soft-tissue mobilization',
    parties: [
      {
        heading: 'From',
        paragraphs: [loop.outcome?.byName, recipient?.name].filter((line) => typeof line === 'string'),
      },
      {
        heading: 'To',
        paragraphs: [loop.sent?.byName, referrer.name].filter((line) => typeof line === 'string'),
      },
    ],
    sections: [
      patientSection(patient),
      benefitsSection(course, timeZone),
      {
        heading: 'Outcome',
        facts: facts(
          ['What it came to', names.outcomeKind[outcome.kind]],
          ['Why goals are called met', outcome.goalsMetReason],
          ['Reported', reported],
          [
            'Acknowledged',
            loop.acknowledged && `${moment(loop.acknowledged.at)}, ${loop.acknowledged.byName ?? ''}`,
          ],
          ['The referral stands at', names.stage[referral.state]],
        ),
        paragraphs: [outcome.summary],
      },
      ...(added.length === 0
        ? []
        : [
            {
              heading: 'Added since',
              facts: facts(
                ...added.map(
                  ({ at, byName, text }) => [[moment(at), byName].filter(Boolean).join(', '), text] as const,
                ),
              ),
            },
          ]),
      treatedSection(course),
      {
        heading: 'What was ordered',
        facts: facts(
          ['Sent', loop.sent && moment(loop.sent.at)],
          ...diagnoses.map((one) => ['Diagnosis', diagnosisText(one, codeText)] as const),
          ['Clinical question', referral.content.clinicalQuestion],
        ),
      },
    ],
    signed: `Signed electronically by ${loop.outcome?.byName ?? 'somebody whom the register does not name'}, ${reported ?? ''}`,
    made,
  };
};
