/** For every read model and every process, events that it takes, of a made-up patient each. */
import { aggregateByCategory, contracts } from '@fascia/composition';
import { instanceStream, type AnyProcess } from '@fascia/coordination';
import { categoryOf, uuidFrom, type Category, type Envelope, type StreamName } from '@fascia/kernel';
import { groupsOf, type ReadModel } from '@fascia/read-store';
import { goldenCodec, goldenFiles, goldensOf, storedGolden } from '../replay/goldens.js';

/** Facts of one stream, as somebody would have stored them. */
export interface Told {
  readonly stream: StreamName;
  readonly patientId: string;
  readonly events: readonly Envelope[];
}

export type InstanceKey = NonNullable<ReturnType<AnyProcess['instanceOf']>>;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The same of other people and things. */
const renamed = ({ position, ...envelope }: Envelope, key: string): Envelope => ({
  ...(JSON.parse(JSON.stringify(envelope).replace(UUID, (id) => uuidFrom('poison', key, id))) as Omit<
    Envelope,
    'position'
  >),
  position,
});

/** One example of every event that is stored, as it is read. */
export const examples = async (): Promise<readonly Envelope[]> => {
  const declared = new Set(contracts.flatMap((contract) => Object.keys(contract)));
  return Promise.all(
    goldenFiles()
      .flatMap((category) => goldensOf(category as Category))
      .filter(({ type }) => declared.has(type))
      .map((golden) => goldenCodec.decode(storedGolden(golden))),
  );
};

/** The same fact once more. */
const again = (event: Envelope): Envelope => ({ ...event, id: uuidFrom(event.id, 'again') });

const toldOf = (key: string, ...events: readonly Envelope[]): Told => {
  const mine = events.map((event) => renamed(event, key));
  const [first] = mine;
  if (first === undefined) throw new Error('nothing is told');
  return { stream: first.stream, patientId: first.patientId ?? uuidFrom('poison', key), events: mine };
};

/** Twice an event of which the model makes a row. */
export const forModel = (model: ReadModel, all: readonly Envelope[], key: string): Told => {
  const { of, fold } = groupsOf(model);
  const makes = all.find(
    (event) =>
      model.takes.includes(event.type) &&
      of(event).some((group) => fold([], event, group).some(({ id }) => id !== '')),
  );
  if (makes === undefined) throw new Error(`no example makes a row of ${model.name}`);
  return toldOf(key, makes, again(makes));
};

/** A stream's first event, and one that the process takes; and whose instance they are for. */
export const forProcess = (
  process: AnyProcess,
  all: readonly Envelope[],
  key: string,
): Told & { readonly key: InstanceKey; readonly instance: StreamName } => {
  for (const taken of all.filter(({ type }) => process.takes.some((one) => one === type)))
    for (const first of all.filter((one) => categoryOf(one.stream) === categoryOf(taken.stream))) {
      const told = toldOf(key, first, again(taken));
      const [beginning, event] = told.events;
      const of = process.instanceOf(event as never, beginning as never);
      if (of !== undefined) return { ...told, key: of, instance: instanceStream(process.name, of) };
    }
  throw new Error(`no example is for an instance of ${process.name}`);
};

/** Named events of one stream. */
export const named = (all: readonly Envelope[], key: string, ...types: readonly string[]): Told =>
  toldOf(
    key,
    ...types.map((type) => {
      const found = all.find((event) => event.type === type);
      if (found === undefined) throw new Error(`no example of ${type}`);
      return found;
    }),
  );

/** Types that streams of a category hold: what is unknown there may be for any model that takes one of them. */
export const typesOf = (stream: StreamName): readonly string[] => {
  const kept = aggregateByCategory.get(categoryOf(stream));
  if (kept !== undefined) return Object.keys(kept.contract);
  const ofAggregates = new Set([...aggregateByCategory.values()].flatMap((one) => Object.keys(one.contract)));
  return contracts.flatMap((one) => Object.keys(one)).filter((type) => !ofAggregates.has(type));
};
