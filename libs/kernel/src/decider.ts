/**
 * The shape of every aggregate: `decide(command, state, context) → events | refusal` and
 * `evolve(state, event) → state`, both pure. After "Functional Event Sourcing Decider" (Chassaing).
 */
import type { Actor, Instant } from './contract/actor.js';
import type { Category } from './contract/category.js';
import type { Lifecycle } from './contract/lifecycle.js';
import type { AnyRefusal } from './contract/refusals.js';

/** What a decider says happened; the door adds who and when. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
}

/** A past event as a fold sees it: what happened, when in the world, and by whom. */
export type Fact<E extends DomainEvent> = E & {
  readonly id: string;
  readonly at: Instant;
  readonly by: Actor;
};

export type Decision<E extends DomainEvent> =
  { readonly ok: true; readonly events: readonly E[] } | { readonly ok: false; readonly refusal: AnyRefusal };

export const happened = <E extends DomainEvent>(...events: readonly E[]): Decision<E> => ({
  ok: true,
  events,
});

/** What a decision may know beside the state: the clock, the actor, and facts loaded beforehand. */
export interface DecisionContext<Facts> {
  readonly at: Instant;
  readonly by: Actor;
  /** The id of the thing decided about. */
  readonly id: string;
  readonly facts: Facts;
}

export interface Command {
  readonly type: string;
}

/** Whom a command names, where it does. */
export const patientNamedBy = (command: Command): string | undefined => {
  const { patientId } = command as { patientId?: unknown };
  return typeof patientId === 'string' ? patientId : undefined;
};

/** Whose a thing is; of one that is begun, whom the command names. */
export const patientIn = ({
  command,
  state,
}: {
  readonly command: Command;
  readonly state: { readonly patientId: string } | undefined;
}): string | undefined => state?.patientId ?? patientNamedBy(command);

export interface Decider<State, C extends Command, E extends DomainEvent, Facts> {
  readonly category: Category;
  readonly initial: State;
  /** Never fails and never judges: the event is already true. */
  evolve(state: State, event: Fact<E>): State;
  decide(command: C, state: State, context: DecisionContext<Facts>): Decision<E>;
  /** The lifecycle stage by name, as HTTP answers and read models show it. */
  stage(state: State): string;
}

export const fold = <S, E extends DomainEvent>(
  decider: Pick<Decider<S, never, E, never>, 'initial' | 'evolve'>,
  events: readonly Fact<E>[],
): S => events.reduce((state, event) => decider.evolve(state, event), decider.initial);

/** One function for every command: the table of handlers is exhaustive by type. */
export type Handlers<State, C extends Command, E extends DomainEvent, Facts> = {
  readonly [T in C['type']]: (
    command: Extract<C, { readonly type: T }>,
    state: State,
    context: DecisionContext<Facts>,
  ) => Decision<E>;
};

interface TableParts<State, C extends Command, E extends DomainEvent, Facts, Stage extends string, When> {
  stageOf(state: State): Stage;
  readonly handlers: Handlers<State, C, E, Facts>;
  /** The answer where no row allows the command; with `needs`, a row does but its circumstance does not hold. */
  illegal(command: C['type'], from: Stage, needs?: When): Decision<E>;
  holds?(when: When, state: State): boolean;
  /** What is wrong with a command whatever the stage; asked once the table allows it. */
  fault?(command: C): Decision<E> | undefined;
}

/** First the table (is this move in a row from here?), then the rules of the command. */
export const decidesBy =
  <
    State,
    C extends Command,
    E extends DomainEvent,
    Facts,
    Stage extends string,
    Where extends string,
    When extends string,
  >(
    table: Pick<Lifecycle<Stage, C['type'], string, Where, When>, 'rowFor'>,
    parts: TableParts<State, C, E, Facts, Stage, When>,
  ): Decider<State, C, E, Facts>['decide'] =>
  (command, state, context) => {
    const type: C['type'] = command.type;
    const from = parts.stageOf(state);
    const row = table.rowFor(type, from);
    if (row === undefined) return parts.illegal(type, from);
    if (row.when !== undefined && parts.holds?.(row.when, state) === false)
      return parts.illegal(type, from, row.when);
    // The one place where a command's type selects its handler.
    const handler = parts.handlers[type] as (
      command: C,
      state: State,
      context: DecisionContext<Facts>,
    ) => Decision<E>;
    return parts.fault?.(command) ?? handler(command, state, context);
  };
