/** What must be true of a network at rest, whatever happened to it. */
import { DEFAULT_TIMES, instanceStream, processes } from '@fascia/coordination';
import type { Envelope, StoredEvent } from '@fascia/kernel';
import type { ReadModel } from '@fascia/read-store';
import { readModel } from '@fascia/read-store';
import { outcomeViolations } from './outcomes.js';
import { EVERY_TYPE, type Asked } from './simulation.stories.js';

export interface Heard {
  readonly id: string;
  readonly times: number;
}

/** A row for every event, with how often it was applied. @param poisoned whether the fold cannot take an event at the moment */
export const heardModel = (poisoned: (event: Envelope) => boolean): ReadModel =>
  readModel<Heard, Envelope>({
    name: 'heard',
    version: 1,
    columns: { id: 'text', times: 'integer' },
    indexes: [],
    takes: EVERY_TYPE,
    rowsOf: (event) => [event.id],
    fold: (row, event, id) => {
      if (poisoned(event)) throw new RangeError('cannot be taken at the moment');
      return { id, times: (row?.times ?? 0) + 1 };
    },
  });

export const hearingViolations = (
  events: readonly StoredEvent[],
  heard: readonly Heard[],
): readonly string[] => {
  const times = new Map(heard.map((row) => [row.id, row.times]));
  return [
    ...events.flatMap(({ id, type }) =>
      times.get(id) === 1 ? [] : [`${type} ${id} was applied ${String(times.get(id) ?? 0)} times`],
    ),
    ...(times.size > events.length ? ['events were applied that nobody stored'] : []),
  ];
};

/** Every process has handled every event that it takes; that none was handled twice is for {@link outcomeViolations} to say. */
export const inputViolations = (events: readonly Envelope[]): readonly string[] => {
  const firsts = new Map<string, Envelope>();
  const handled = new Set<string>();
  for (const event of events) {
    if (!firsts.has(event.stream)) firsts.set(event.stream, event);
    if (event.type === 'InputHandled')
      handled.add(`${event.stream} ${(event.data as { sourceEventId: string }).sourceEventId}`);
  }
  return processes(DEFAULT_TIMES).flatMap((process) =>
    events.flatMap((event) => {
      if (!process.takes.some((type) => type === event.type)) return [];
      const key = process.instanceOf(event as never, firsts.get(event.stream) as never);
      return key === undefined || handled.has(`${instanceStream(process.name, key)} ${event.id}`)
        ? []
        : [`${process.name} never handled ${event.type} ${event.id}`];
    }),
  );
};

/** Every timer that was set fired once, not before its time, or was taken back; of those that are due, none is left. @param now of the clock */
export const timerViolations = (events: readonly Envelope[], now: string): readonly string[] => {
  const set = new Map<string, string>();
  const found: string[] = [];
  for (const { type, data, stream, occurredAt } of events) {
    if (type !== 'TimerSet' && type !== 'TimerCancelled' && type !== 'TimerFired') continue;
    const { timer, dueAt = '' } = data as { timer: string; dueAt?: string };
    const id = `${timer} of ${stream}`;
    if (type === 'TimerSet') set.set(id, dueAt);
    else {
      if (!set.has(id)) found.push(`${id}: ${type} while it was not set`);
      if (type === 'TimerFired' && occurredAt < dueAt) found.push(`${id} fired before its time`);
      set.delete(id);
    }
  }
  return [...found, ...[...set].flatMap(([id, dueAt]) => (dueAt <= now ? [`${id} never fired`] : []))];
};

/** Referrals that still are drafts: once all of them are old, none is. */
export const draftViolations = (events: readonly Envelope[]): readonly string[] => {
  const drafts = new Set<string>();
  for (const { type, stream } of events) {
    if (type === 'ReferralDrafted') drafts.add(stream);
    if (type === 'ReferralSent' || type === 'ReferralDraftDiscarded') drafts.delete(stream);
  }
  return [...drafts].map((stream) => `${stream} is a draft that nobody discarded`);
};

/** What people were told is done is in the log, in the stream that they asked about and nowhere else. */
export const answerViolations = (
  events: readonly StoredEvent[],
  asked: readonly Asked[],
): readonly string[] =>
  asked.flatMap(({ commandId, stream }) => {
    const streams = new Set(
      events.filter((event) => event.commandId === commandId).map((event) => event.stream),
    );
    return streams.size === 1 && streams.has(stream)
      ? []
      : [`${commandId} is in ${[...streams].join(', ') || 'no stream'}`];
  });

export const logViolations = (
  stored: readonly StoredEvent[],
  events: readonly Envelope[],
  asked: readonly Asked[],
  now: string,
): readonly string[] => [
  ...outcomeViolations(stored),
  ...inputViolations(events),
  ...timerViolations(events, now),
  ...draftViolations(events),
  ...answerViolations(stored, asked),
];
