/** What was seen of poison, as the table of docs/faults.md. */
import type { Fault, Place, Poison } from './poison.world.js';

const WHAT: Readonly<Record<Fault, string>> = {
  refused: 'a row that the database refuses',
  closed: 'an event that cannot be opened',
  unknown: 'an event of an unknown type',
  newer: 'an event in a newer shape',
  throws: 'a handler that throws',
};

const WHERE: Readonly<Record<Place, string>> = {
  model: 'read model',
  process: 'process',
  command: "process's command",
};

interface Row {
  readonly fault: Fault;
  readonly where: string;
  readonly stops: string;
  readonly told: readonly string[];
  readonly again: string;
}

/** Without what it is of: a constraint's name, an event's type. */
const kindOf = (error: string): string =>
  error
    .replace(/^(DatabaseError \w+) .*/, '$1 and the constraint')
    .replace(/^NotKnown .*/, 'NotKnown and the type');

const isOfFollower = (parked: string): boolean => parked.startsWith('process-');

const inModels = (stops: readonly string[]): Pick<Row, 'stops' | 'again'> => {
  if (stops.every((one) => one.endsWith('passed over')))
    return {
      stops: "nothing; the stream's rows lack the event, in each model that takes its kind",
      again: 'a start of newer code, or `fascia models retry`: the rows are made anew',
    };
  return {
    stops:
      stops.length === 1 ? 'the stream, in that model' : 'the stream, in each model that takes the event',
    again: '`fascia models retry`: from the first event that did not fit',
  };
};

const inProcesses = (stops: readonly string[]): Pick<Row, 'stops' | 'again'> =>
  stops.length === 0
    ? {
        stops: 'nothing; what takes it later begins after it',
        again: '`fascia processes begin`, where it is to act on it',
      }
    : {
        stops: stops.some((one) => one.startsWith('process-inputs: process-'))
          ? 'the instance, in that process'
          : stops.some((one) => one.startsWith('process-commands: '))
            ? 'the instance that asked'
            : 'the stream, in each process that takes the event',
        again: '`fascia retry`: everything that was held back, in order',
      };

const rowOf = (fault: Fault, where: Place, seen: readonly (readonly [string, string])[]): Row => ({
  fault,
  where: WHERE[where],
  ...(where === 'model' ? inModels : inProcesses)(seen.map(([stops]) => stops)),
  told: [...new Set(seen.map(([, error]) => kindOf(error)))].toSorted(),
});

const entries = (
  { parks }: Poison,
  parked: ReadonlyMap<string, string>,
  ofFollower: boolean,
): readonly (readonly [string, string])[] =>
  parks.flatMap((one) => {
    const error = parked.get(one);
    return error !== undefined && isOfFollower(one) === ofFollower ? [[one, error] as const] : [];
  });

/** Of several poisons of a kind, the one that stopped most says what stops; all say how it is told. */
const rowFor = (
  fault: Fault,
  where: Place,
  seen: readonly (readonly (readonly [string, string])[])[],
): Row | undefined => {
  const most = seen.toSorted((one, other) => other.length - one.length)[0];
  if (most === undefined) return undefined;
  return { ...rowOf(fault, where, most), told: rowOf(fault, where, seen.flat()).told };
};

/**
 * @param parked who waited, and why
 * @param asking instances whose command met what cannot be decided over, and why
 * @param answered codes of commands of people that met it, by fault
 */
export const faultTable = (
  poisons: readonly Poison[],
  parked: ReadonlyMap<string, string>,
  { asking, answered }: { readonly asking: readonly string[]; readonly answered: ReadonlyMap<Fault, string> },
): string => {
  const of = (fault: Fault, place: Place): readonly Poison[] =>
    poisons.filter((one) => one.fault === fault && one.place === place);
  const rows = (Object.keys(WHAT) as Fault[]).flatMap((fault) => [
    rowFor(
      fault,
      'model',
      of(fault, 'model').map((one) => entries(one, parked, false)),
    ),
    rowFor(
      fault,
      'process',
      of(fault, fault === 'unknown' ? 'model' : 'process').map((one) => entries(one, parked, true)),
    ),
    rowFor(
      fault,
      'command',
      of(fault, 'command').map(() =>
        asking
          .map((one) => [one, parked.get(one) ?? ''] as const)
          .filter(([, error]) => (error === 'UpgradeNeeded') === (fault === 'unknown')),
      ),
    ),
    answered.has(fault)
      ? {
          fault,
          where: "person's command",
          stops: 'commands to that stream',
          told: [answered.get(fault) ?? ''],
          again: 'by itself, once it is mended',
        }
      : undefined,
  ]);
  const lines = rows.flatMap((row) =>
    row === undefined
      ? []
      : [
          [
            WHAT[row.fault],
            row.where,
            row.stops,
            row.told.map((one) => `\`${one}\``).join(', ') || 'not told',
            row.again,
          ],
        ],
  );
  const head = ['Fault', 'In a', 'What stops', 'Told as', 'Taken again by'];
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};
