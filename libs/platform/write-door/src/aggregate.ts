/** What a context tells the write door about its aggregate, and what the door answers. */
import type {
  AccessPolicy,
  Actor,
  AnyRefusal,
  Category,
  Command,
  Commands,
  Contract,
  Decider,
  DomainEvent,
  Instant,
  Parties,
  Position,
  Rows,
  StreamName,
} from '@fascia/kernel';

/** A question to the read side, asked only once its projections have reached the head seen on arrival. */
export interface Lookup<R> {
  /** The patient whose rows it reads: then only what keeps those has to have reached the head. Absent: whom the command is about, by its stream, itself, or a stream that was looked at before; else all of them. */
  readonly about?: string;
  run(db: Rows): Promise<R>;
}

export interface Loaded<S> {
  readonly state: S;
  /** Of its last event that is no bookkeeping: what an ETag says. 0 when the stream does not exist. */
  readonly version: number;
  readonly stream: StreamName;
}

/** What others may know of a thing: a pure function over what its stored events come to, so that its state stays its own. */
export interface View<S, E extends DomainEvent, T> {
  readonly folds: Folds<S, E>;
  /** Of the initial state when the stream does not exist. */
  readonly of: (state: S) => T;
}

/** As much of a decider as it takes to say what was. */
export type Folds<S, E extends DomainEvent> = Pick<
  Decider<S, never, E, never>,
  'category' | 'initial' | 'evolve' | 'stage'
>;

/** How facts from other streams are gathered before a decision. */
export interface FactTools {
  /** Another aggregate's current state, with the version it was read at. */
  load<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    id: string,
  ): Promise<Loaded<S>>;
  /** Of another context's stream, as it is now. */
  view<S, E extends DomainEvent, T>(view: View<S, E, T>, id: string): Promise<T>;
  /** Waits for the projections (at most 1 s, then `LookupsBehind`); `LookupsIncomplete` where they lack something about whom it is asked. */
  lookup<R>(question: Lookup<R>): Promise<R>;
  /** Whom a stream is about, by its first event; nothing where there is none, or it is about nobody. */
  patientOf(category: Category, id: string): Promise<string | undefined>;
  /** Who has claims in a register now, waiting for no projection. Whether one of them holds its claim is said by its own stream. */
  claimants(...key: readonly string[]): Promise<readonly Claimant[]>;
}

/** The owner of a claim: it holds what it claimed, is about to, or never will. */
export interface Claimant {
  readonly owner: StreamName;
  /** Version of its stream at which it appends, or not at all. */
  readonly ownerVersion: number;
}

/** Something only one owner may have at a time, held in a register stream of its own. */
export interface Claim {
  /** Names the register: `['slot', practitionerId, '2026-W14']`. */
  readonly key: readonly string[];
  /** What is in the key tells of a person: the register's name and the claim's do not let it be tried out. */
  readonly personal?: true;
  /** Half-open `[from, to)`: two claims of a register clash when they overlap. Absent: any two clash. */
  readonly interval?: { readonly from: Instant; readonly to: Instant };
  /** Answered when somebody else holds it. */
  readonly refusal: AnyRefusal;
}

export interface FactRequest<S, C> {
  readonly command: C;
  readonly state: S;
  readonly id: string;
  readonly by: Actor;
  readonly at: Instant;
}

/** Whom a thing is about, and who is what to it: from stored facts, never from what a body says of the caller. */
export interface Subject {
  readonly patientId?: string | undefined;
  /** The input of the access decision. */
  readonly parties: Parties;
}

export interface Naming<S, C> extends FactRequest<S, C> {
  /** The id that the command names. */
  readonly named: string;
  readonly subject: Subject;
}

interface Looks<S, C> {
  belongs(naming: Naming<S, C>, tools: FactTools): Promise<boolean>;
}

/** Whether what a command names is there, and belongs to what the command is about. */
export type Belongs<S, C> = Looks<S, C>['belongs'];

/**
 * Who says of an id whether it belongs: a look at what it names; `access`, where the subject follows from it, so that who is nothing
 * to it is told the same whether it is there or not; `rule`, a refusal of the decider's own that is the same for both.
 */
export type Reference<S, C> = Belongs<S, C> | 'access' | 'rule';

/** By type of command, and by where in it the ids stand: `content.diagnosisIds`. Write it as `ReferencesOf`, which misses none. */
export type References<S, C> = Readonly<Record<string, Readonly<Record<string, Reference<S, C>>>>>;

export interface Aggregate<S, C extends Command, E extends DomainEvent, F> {
  readonly decider: Decider<S, C, E, F>;
  readonly contract: Contract;
  /** What may be asked of it: the declarations that its commands' types come from. */
  readonly commands: Commands;
  subject(request: FactRequest<S, C>, tools: FactTools): Promise<Subject>;
  /** Of every id of something else in what may be asked from outside. */
  readonly references: References<S, C>;
  /** Asked once access is granted, and everything named belongs. */
  facts(request: FactRequest<S, C>, tools: FactTools): Promise<F>;
  /** What a state must hold in registers; the door claims what a decision adds and releases what it drops. */
  readonly holds?: (state: S, id: string) => readonly Claim[];
  /**
   * Commands whose rule two could pass at once, each before the other is stored: what they claim is to be seen by each other. Their
   * facts are gathered again, and they are decided again, between claiming and storing: of two, the one that claimed last sees both.
   */
  readonly decidedTwice?: readonly C['type'][];
  /** Commands of a physician that a delegate prepares: while they do, they are told what would refuse it to that physician. */
  readonly prepared?: readonly C['type'][];
}

export interface CommandRequest<C extends Command> {
  readonly id: string;
  readonly command: C;
  readonly by: Actor;
  readonly commandId: string;
  readonly correlationId: string;
  /** The event that caused it, or the command itself. */
  readonly causationId: string;
  /** Whether the caller named the command by a key of their own: then also that it changed nothing is remembered. */
  readonly keyGiven?: boolean;
  /** From `If-Match`. */
  readonly ifVersion?: number;
}

/** Whichever it is. */
export type AnyAggregate = Aggregate<never, Command, DomainEvent, never>;

/** Of a request, what rules are asked about. */
export type Rehearsed<C extends Command> = Pick<CommandRequest<C>, 'id' | 'command' | 'by' | 'ifVersion'>;

/** Why a command would not be done; that it would. */
export type Rehearsal =
  Exclude<Outcome, { readonly kind: 'done' | 'keyReused' }> | { readonly kind: 'willBeDone' };

export type Outcome =
  | {
      readonly kind: 'done';
      readonly id: string;
      readonly version: number;
      readonly position: Position;
      /** Of the event there, hex; empty when there is none. */
      readonly digest: string;
      readonly stage: string;
      /** Whether this command made the stream (201 rather than 200). */
      readonly created: boolean;
      /** Nothing was stored now: the command was stored before, or there was nothing to do. */
      readonly repeated: boolean;
    }
  | { readonly kind: 'refused'; readonly refusal: AnyRefusal }
  /** `If-Match` named another version. */
  | { readonly kind: 'stale'; readonly actual: number }
  /** The idempotency key stands for another request. */
  | { readonly kind: 'keyReused' }
  /** Not there, or not for this caller to know. */
  | { readonly kind: 'notFound' }
  | { readonly kind: 'forbidden'; readonly policy: string };

export interface WriteDoor {
  /** @throws StoreUnavailable, OutcomeUnknown, AppendTooLarge, LookupsBehind, LookupsIncomplete, Contended, UpgradeNeeded, StreamUnreadable */
  handle<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    request: CommandRequest<C>,
  ): Promise<Outcome>;
  readonly policy: AccessPolicy;
}

/** What would come of a command now, of which nothing is stored. Claims that somebody else holds are met only when it is given. */
export interface RehearsalDoor {
  rehearse<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    request: Rehearsed<C>,
  ): Promise<Rehearsal>;
}

/** The projections did not reach the head in time: try again. */
export class LookupsBehind extends Error {
  override readonly name = 'LookupsBehind';
}

/** A list that a rule asks lacks something about whom it is asked for: it is parked, or was passed over. No waiting mends it. */
export class LookupsIncomplete extends Error {
  override readonly name = 'LookupsIncomplete';

  /** @param models names of the lists */
  constructor(readonly models: readonly string[] = []) {
    super(`parked: ${models.join(', ')}`);
  }
}

/** Others won every round: nothing was stored, try again. */
export class Contended extends Error {
  override readonly name: string = 'Contended';
}
