/** What the card of the five benefits says, with `{{gaps}}`; plural as i18next has it. */
export const cardWords = {
  label: {
    improved: 'Better by {{gain}}',
    worsened: 'Worse by {{gain}}',
    withinError: 'Within error of measurement',
    unchanged: 'No change that counts',
    notComparable: 'Cannot be compared',
  },
  counts: '{{threshold}} or more counts',
  because: 'it differs in: {{part}}',
  weak: 'weak evidence',
  source: 'Source: {{source}}',
  baseline: 'Baseline',
  now: 'Now',
  target: 'Target',
  change: 'Change since the baseline',
  card: {
    title: 'The five benefits',
    benefit: 'Benefit',
    measured: 'Measured by',
    notMeasured: 'Not measured',
    notAgain: 'Not measured again',
    onlyWords: 'In words: whoever treats says whether it is met',
    visits_one: '{{count}} visit given: {{first}}',
    visits_other: '{{count}} visits given, from {{first}} to {{last}}',
    noVisits: 'No visit was given.',
    treated: 'Treated',
    nothingTreated: 'No signed visit says what was treated.',
  },
} as const;

/** A text with its `{{gaps}}` filled. */
export const filled = (text: string, gaps: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (gap, name: string) => gaps[name] ?? gap);
