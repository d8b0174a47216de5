/** What a stream says: the aggregate's state, and the answer of a command that is already in it. */
import {
  factOf,
  type Command,
  type DomainEvent,
  type Fact,
  type Position,
  type StoredEvent,
  type StreamName,
} from '@fascia/kernel';
import type { CommandRequest, Folds, Loaded, Outcome } from './aggregate.js';
import { isBookkeeping } from './bookkeeping.js';
import { metadataOf, type Asked } from './codec.js';
import type { Folding } from './folding.js';
import {
  commandIn,
  NO_COMMANDS,
  packed,
  unpacked,
  withCommand,
  type KnownCommand,
  type KnownCommands,
  type PackedCommands,
} from './known-commands.js';
import { knownOf, type Log } from './loading.js';

/** An event that is no bookkeeping, as answers name it. */
interface Told {
  readonly version: number;
  readonly position: Position;
  /** Hex. */
  readonly digest: string;
}

const NOTHING_TOLD: Told = { version: 0, position: 0n, digest: '' };

interface Past<S> {
  readonly state: S;
  readonly told: Told;
  /** The command of its first event that is no bookkeeping. */
  readonly createdBy: string | undefined;
  readonly commands: KnownCommands;
}

export interface History<S> extends Loaded<S>, Omit<Past<S>, 'state'> {
  /** Version of the stream's last event, bookkeeping included: where the next append expects it to stand. */
  readonly end: number;
  /** Whom its events are about, when they are about a patient. */
  readonly patientId?: string;
}

type PackedPast<S> = Omit<Past<S>, 'commands'> & { readonly commands: PackedCommands };

const toldBy = ({ version, position, digest }: StoredEvent): Told => ({ version, position, digest });

const foldingBy = <S, E extends DomainEvent>(folds: Folds<S, E>): Folding<Past<S>> => ({
  name: folds.category,
  code: `${folds.evolve.toString()} ${folds.stage.toString()}`,
  initial: { state: folds.initial, told: NOTHING_TOLD, createdBy: undefined, commands: NO_COMMANDS },
  evolve: ({ state: before, told: toldBefore, createdBy, commands }, envelope, stored) => {
    const passed = isBookkeeping(envelope);
    // Whose contract it is declared in says what it is; the codec has refused what none declares.
    const state = passed ? before : folds.evolve(before, factOf(envelope) as Fact<E>);
    const told = passed ? toldBefore : toldBy(stored);
    const { commandId, version } = stored;
    return {
      state,
      told,
      createdBy: createdBy ?? (passed ? undefined : commandId),
      commands: withCommand(commands, commandId, { version, told: told.version, stage: folds.stage(state) }),
    };
  },
  pack: (past) => ({ ...past, commands: packed(past.commands) }) satisfies PackedPast<S>,
  unpack: (past: PackedPast<S>) => ({ ...past, commands: unpacked(past.commands) }),
});

const foldings = new WeakMap<object, object>();

/** One for everybody who folds by the same function, so that what one remembers serves the others. */
const foldingOf = <S, E extends DomainEvent>(folds: Folds<S, E>): Folding<Past<S>> => {
  // What stands under a function was made of it.
  const known = foldings.get(folds.evolve) as Folding<Past<S>> | undefined;
  if (known !== undefined) return known;
  const folding = foldingBy(folds);
  foldings.set(folds.evolve, folding);
  return folding;
};

export const historyOf = async <S, E extends DomainEvent>(
  log: Log,
  folds: Folds<S, E>,
  stream: StreamName,
): Promise<History<S>> => {
  const { state: past, end, patientId } = await knownOf(log, foldingOf(folds), stream);
  return { ...past, version: past.told.version, end, stream, ...withPatient(patientId) };
};

export const withPatient = (patientId: string | undefined): { patientId?: string } =>
  patientId === undefined ? {} : { patientId };

/** What is asked of a stream, by whom: two attempts are the same when this is. */
export const asked = (
  stream: StreamName,
  { command, by }: CommandRequest<Command>,
  patientId: string | undefined,
): Asked => ({ stream, request: [command, by], ...withPatient(patientId) });

/** The answer of a command that is already in the stream: as the first time, whatever happened since. @throws SubjectErased */
export const firstAnswer = async (
  log: Log,
  history: History<unknown>,
  request: CommandRequest<Command>,
): Promise<Outcome | 'again' | undefined> => {
  const { stream } = history;
  const known = commandIn(history.commands, request.commandId);
  if (known === undefined) return undefined;
  const [last] = await log.store.readStream(stream, known.version, 1);
  const told = last && (await toldAt(log, last, known));
  // Read a moment ago: whoever puts back a log while commands are answered has them decided over again.
  if (last?.commandId !== request.commandId || told === undefined) return 'again';
  // Under the key that it was stored under: whom it was about may have become known only then.
  const digest = await log.codec.requestDigest(asked(stream, request, metadataOf(last).patientId));
  if (last.requestDigest !== digest) return { kind: 'keyReused' };
  return doneAt(history, told, known.stage, request);
};

const toldAt = async (
  { store }: Log,
  last: StoredEvent,
  { told }: KnownCommand,
): Promise<Told | undefined> => {
  if (told === 0) return NOTHING_TOLD;
  const event = told === last.version ? last : (await store.readStream(last.stream, told, 1))[0];
  return event && toldBy(event);
};

/** What is answered where nothing is stored: where the stream stood. */
export const doneAt = (
  { createdBy }: History<unknown>,
  told: Told,
  stage: string,
  { id, commandId }: CommandRequest<Command>,
): Outcome => ({
  kind: 'done',
  id,
  ...told,
  stage,
  created: createdBy === commandId,
  repeated: true,
});
