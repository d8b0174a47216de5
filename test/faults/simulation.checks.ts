/** What must be true of a network at rest, whatever happened to it. */
import { PROCESSES } from '@fascia/coordination';
import { categoryOf, idOf, streamOf, uuidFrom, type Envelope, type StoredEvent } from '@fascia/kernel';
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
  const roots = new Map<string, string | undefined>();
  const handled = new Set<string>();
  for (const event of events) {
    const { referralId } = event.data as { referralId?: string };
    if (!roots.has(event.stream))
      roots.set(event.stream, categoryOf(event.stream) === 'referral' ? idOf(event.stream) : referralId);
    if (event.type === 'InputHandled')
      handled.add(`${event.stream} ${(event.data as { sourceEventId: string }).sourceEventId}`);
  }
  return PROCESSES.flatMap((process) =>
    events.flatMap((event) => {
      const referralId = roots.get(event.stream);
      if (referralId === undefined || !process.takes.includes(event.type)) return [];
      const stream = streamOf('process', uuidFrom('process', process.name, referralId));
      return handled.has(`${stream} ${event.id}`)
        ? []
        : [`${process.name} never handled ${event.type} ${event.id}`];
    }),
  );
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
): readonly string[] => [
  ...outcomeViolations(stored),
  ...inputViolations(events),
  ...answerViolations(stored, asked),
];
