/**
 * How long each step of an order may take (docs/domain/deadlines.md). No source fixes these numbers but where one is named: they are
 * the product's defaults, and which version of them counted is said by every deadline that was set by it.
 */
export const PRIORITIES = ['routine', 'urgent', 'asap', 'stat'] as const;

export type Priority = (typeof PRIORITIES)[number];

export const SPAN_UNITS = ['h', 'd', 'bd'] as const;

/** Hours and days of 24 hours pass for everybody; business days are those of whoever has to act, and none: that day, to its end. */
export interface Span {
  readonly amount: number;
  readonly unit: (typeof SPAN_UNITS)[number];
}

export const DEADLINE_POLICY = '2026.1';

type Spans = Readonly<Record<Priority, Span>>;

const h = (amount: number): Span => ({ amount, unit: 'h' });
const d = (amount: number): Span => ({ amount, unit: 'd' });
const bd = (amount: number): Span => ({ amount, unit: 'bd' });

const spans = (stat: Span, asap: Span, urgent: Span, routine: Span): Spans => ({
  stat,
  asap,
  urgent,
  routine,
});

const always = (span: Span): Spans => spans(span, span, span, span);

// prettier-ignore
export const SPANS = {
  'T-ACK': spans(h(1), h(4), bd(1), bd(2)),
  'T-TRIAGE': spans(h(2), bd(1), bd(1), bd(3)),
  'T-INFO': spans(bd(1), bd(1), bd(2), bd(5)),
  /** The hard stop of T-INFO. */
  'T-INFO-STOP': always(bd(10)),
  'T-BOOK': spans(bd(0), bd(1), bd(2), bd(5)),
  'T-REBOOK': always(bd(2)),
  /** 28 days of a routine order: as the VA's standard of access to specialty care. */
  'T-FIRST': spans(d(1), d(3), d(7), d(28)),
  'T-DECLINED': spans(bd(1), bd(1), bd(2), bd(5)),
  'T-CANCEL': always(bd(2)),
  'T-OUTCOME': always(bd(5)),
  'T-ACKOUT': always(d(7)),
} as const satisfies Readonly<Record<string, Spans>>;

/** Due when whoever set it said so: a day of review, the end of what an order is valid for. */
const NAMED = ['T-HOLD', 'T-VALID'] as const;

type SpannedName = keyof typeof SPANS;
export type DeadlineName = SpannedName | (typeof NAMED)[number];

export const DEADLINE_NAMES = [...Object.keys(SPANS), ...NAMED] as unknown as readonly [
  DeadlineName,
  ...DeadlineName[],
];

/** @returns nothing of one that is due when whoever set it said so */
export const spanOf = (name: DeadlineName, priority: Priority): Span | undefined =>
  name in SPANS ? SPANS[name as SpannedName][priority] : undefined;
