/**
 * The shape of every aggregate: `decide(command, state, context) → events | refusal` and
 * `evolve(state, event) → state`, both pure. After "Functional Event Sourcing Decider" (Chassaing).
 */
import type { Actor, Instant } from './actor.js';
import type { Category } from './stream.js';

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

/** A rule's "no": a stable code, and a sentence a person can act on (which rule, who can, what next). */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  /** JSON pointer (RFC 6901) into the command's body, when one field is to blame. */
  readonly pointer?: string;
  /** Codes and ids only: refusals are logged and answered, so no personal data. */
  readonly about?: Readonly<Record<string, string | number | readonly string[]>>;
}

export type Decision<E extends DomainEvent> =
  { readonly ok: true; readonly events: readonly E[] } | { readonly ok: false; readonly refusal: Refusal };

export const happened = <E extends DomainEvent>(...events: readonly E[]): Decision<E> => ({
  ok: true,
  events,
});

export const refuse = (
  code: string,
  detail: string,
  more: Omit<Refusal, 'code' | 'detail'> = {},
): Decision<never> => ({
  ok: false,
  refusal: { code, detail, ...more },
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
