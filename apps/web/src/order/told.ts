/** What an order says, part by part, a line each: to be read beside what it said before. */
import type { TFunction } from 'i18next';
import { beside, type Told } from '../parts/beside.js';
import { dayText } from '../parts/times.js';
import { precautionWords, techniqueName } from '../safety/catalogue-words.js';
import type { Content } from './content.js';
import { placeText } from './place-list.js';
import type { Part } from './revised.js';

/** @param called diagnoses and documents as they are said, by their ids */
type Lines = (content: Content, t: TFunction, called: ReadonlyMap<string, string>) => readonly string[];

const listed = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');
const saidIf = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

const LINES: Readonly<Record<Part, Lines>> = {
  diagnosisIds: ({ diagnosisIds = [] }, t, called) =>
    diagnosisIds.map((id) => called.get(id) ?? t('plan.unknownDiagnosis')),
  sites: ({ sites = [] }, t) =>
    sites.map((site) =>
      listed(placeText(site, t), site.tissues.map((tissue) => t(`names.tissue.${tissue}`)).join(' + ')),
    ),
  clinicalQuestion: ({ clinicalQuestion }) => saidIf(clinicalQuestion),
  onset: ({ onset }) => (onset === undefined ? [] : [dayText(onset)]),
  mechanism: ({ mechanism }) => saidIf(mechanism),
  priority: ({ priority }, t) => (priority === undefined ? [] : [t(`names.priority.${priority}`)]),
  goals: ({ goals = [] }, t) => goals.map(({ category, text }) => `${t(`names.goal.${category}`)}: ${text}`),
  severityNprs: ({ severityNprs }) => (severityNprs === undefined ? [] : [String(severityNprs)]),
  requested: ({ requested }, t) =>
    requested === undefined
      ? []
      : [
          listed(
            t('referral.visits', { count: requested.visits, weeks: requested.weeks }),
            t('plan.perWeek', { count: requested.frequencyPerWeek }),
          ),
        ],
  service: ({ service }, t) =>
    (
      [
        ['preferred', service?.techniquesPreferred ?? []],
        ['excluded', service?.techniquesExcluded ?? []],
      ] as const
    ).flatMap(([which, codes]) => codes.map((code) => `${t(`referral.${which}`)}: ${techniqueName(code)}`)),
  attachments: ({ attachments = [] }, t, called) =>
    attachments.map(({ documentId }) => called.get(documentId) ?? t('documents.unknown')),
  payer: ({ payer }, t) => (payer === undefined ? [] : [t(`names.payer.${payer.profile}`)]),
  screening: ({ screening = [] }, t) =>
    screening.map(({ flagId, answer }) => `${t(`names.redFlag.${flagId}`)}: ${t(`order.answer.${answer}`)}`),
  precautions: ({ precautions }, t) =>
    precautions?.length === 0 ? [t('plan.noPrecautions')] : (precautions ?? []).map(precautionWords),
  suspicion: ({ suspicion }) => saidIf(suspicion),
  siteExplanation: ({ siteExplanation }) => saidIf(siteExplanation),
  duplicateOverrideReason: ({ duplicateOverrideReason }) => saidIf(duplicateOverrideReason),
  validUntil: ({ validUntil }) => (validUntil === undefined ? [] : [dayText(validUntil)]),
};

/** In the order in which they are read. */
export const TOLD_PARTS = Object.keys(LINES) as readonly Part[];

export interface Versions {
  readonly before: Content;
  readonly now: Content;
}

/** Of a part that differs: what is gone and what is new, without what stays. */
export const toldOf = (
  part: Part,
  { before, now }: Versions,
  t: TFunction,
  called: ReadonlyMap<string, string>,
): readonly Told[] =>
  beside(LINES[part](now, t, called), LINES[part](before, t, called)).filter(({ is }) => is !== 'same');
