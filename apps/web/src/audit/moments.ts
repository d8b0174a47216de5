/** A case along its time: the moments at which something of it was recorded, and how it stood at each. */
import type { CaseHistory } from '@fascia/audit';

type Event = CaseHistory['events'][number];

/** Earliest first, each once. */
export const momentsOf = (events: readonly Event[]): readonly string[] => [
  ...new Set(events.map(({ recordedAt }) => recordedAt)),
];

/** The last moment that is not after it; -1 where it is before everything. */
export const indexAt = (moments: readonly string[], at: string | undefined): number =>
  at === undefined ? moments.length - 1 : moments.findLastIndex((moment) => moment <= at);

export interface Standing {
  readonly stream: string;
  /** The event that brought it there. */
  readonly last: Event;
}

/** Each stream that was there, by the order in which they came. */
export const standingAfter = (events: readonly Event[]): readonly Standing[] => [
  ...new Map(events.map((last) => [last.stream, { stream: last.stream, last }])).values(),
];

/** Entered so much after it happened that somebody may ask why. */
const LATE_MS = 3_600_000;

export const isLate = ({ occurredAt, recordedAt }: Event): boolean =>
  Date.parse(recordedAt) - Date.parse(occurredAt) > LATE_MS;

/** What it followed from, where that is part of the case. */
export const causeOf = (events: readonly Event[], { id, causationId }: Event): Event | undefined =>
  events.find((other) => other.id === causationId && other.id !== id);

export const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));

/** `ReferralSent`: "Referral sent". Codes of the log are what they are in every language. */
export const spelled = (code: string): string => {
  const words = code
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .replaceAll('-', ' ')
    .toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};
