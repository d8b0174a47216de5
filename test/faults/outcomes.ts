/** What process streams say: every input handled once, every command asked for once, and each with one outcome. */
import type { StoredEvent } from '@fascia/kernel';

interface Requested {
  readonly commandId: string;
  readonly category: string;
  readonly id: string;
  readonly command: { readonly type: string };
}

const dataOf = <T>(event: StoredEvent): T => JSON.parse(Buffer.from(event.data).toString('utf8')) as T;

const repeated = (what: string, names: readonly string[]): readonly string[] => {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size).map((name) => `${what} twice: ${name}`);
};

/** @param events the whole log */
export const outcomeViolations = (events: readonly StoredEvent[]): readonly string[] => {
  const ofProcesses = events.filter(({ stream }) => stream.startsWith('process-'));
  const inputs = ofProcesses
    .filter(({ type }) => type === 'InputHandled')
    .map((event) => `${event.stream} ${dataOf<{ sourceEventId: string }>(event).sourceEventId}`);
  const requested = ofProcesses
    .filter(({ type }) => type === 'CommandRequested')
    .map((event) => dataOf<Requested>(event));
  const refused = new Set(
    ofProcesses
      .filter(({ type }) => type === 'CommandRefused')
      .map((event) => dataOf<Requested>(event).commandId),
  );
  const carriedOut = new Map<string, Set<string>>();
  for (const { commandId, stream } of events)
    carriedOut.set(commandId, (carriedOut.get(commandId) ?? new Set()).add(stream));
  return [
    ...repeated('handled', inputs),
    ...repeated(
      'asked for',
      requested.map(({ commandId }) => commandId),
    ),
    ...requested.flatMap(({ commandId, category, id, command }) => {
      const streams = [...(carriedOut.get(commandId) ?? [])];
      if (streams.some((stream) => stream !== `${category}-${id}`))
        return [`carried out elsewhere: ${commandId}`];
      // Completing a task that is over already changes nothing; creating one does.
      const created = streams.length > 0 || refused.has(commandId);
      return command.type === 'CreateTask' && !created ? [`no outcome: ${commandId}`] : [];
    }),
    ...versionGaps(events),
  ];
};

/** Versions of every stream count up from 1 in the order of the log. */
const versionGaps = (events: readonly StoredEvent[]): readonly string[] => {
  const versions = new Map<string, number>();
  return events.flatMap(({ stream, version }) => {
    const before = versions.get(stream) ?? 0;
    versions.set(stream, version);
    return version === before + 1 ? [] : [`${stream} jumps from ${String(before)} to ${String(version)}`];
  });
};
