/** Given past events, when a command, then events or a refusal: specs of deciders without mocks. */
import {
  eventIdFrom,
  type Actor,
  type Command,
  type Contract,
  type Decider,
  type Decision,
  type DomainEvent,
  type Fact,
} from '@fascia/kernel';

export const THEN = '2026-04-01T09:00:00.000Z';
export const SOMEBODY: Actor = {
  sub: 'somebody',
  role: 'physician',
  organizationId: '00000000-0000-4000-8000-00000000a001',
  practitionerId: '00000000-0000-4000-8000-00000000b001',
};

/** A past event; who and when only where the rule under test asks. */
export const past = <E extends DomainEvent>(event: E, by: Actor = SOMEBODY, at: string = THEN): Fact<E> => ({
  ...event,
  id: eventIdFrom('00000000-0000-4000-8000-000000000000', 0),
  at,
  by,
});

export interface Situation<F> {
  readonly facts: F;
  readonly by?: Actor;
  readonly at?: string;
  readonly id?: string;
}

interface Story<C, F, E> {
  /** Decides on the state that the given events fold to. */
  when(command: C, situation: Situation<F>): Decision<E & DomainEvent>;
}

/**
 * @param contract every event a decision makes must fit it, so no spec can pass with an event that could not be stored
 */
export const given = <S, C extends Command, E extends DomainEvent, F>(
  decider: Decider<S, C, E, F>,
  contract: Contract,
  ...events: readonly Fact<E>[]
): Story<C, F, E> & { readonly state: S } => {
  const state = events.reduce((sofar, event) => decider.evolve(sofar, event), decider.initial);
  return {
    state,
    when: (command, { facts, by = SOMEBODY, at = THEN, id = '00000000-0000-4000-8000-00000000c001' }) => {
      const decision = decider.decide(command, state, { facts, by, at, id });
      if (decision.ok) {
        for (const event of decision.events) {
          contract[event.type]?.schema.parse(event.data);
          decider.evolve(state, past(event, by, at));
        }
      }
      return decision;
    },
  };
};

/** The types of the events of a decision, or the code of its refusal: what most specs compare. */
export const gist = (decision: Decision<DomainEvent>): readonly string[] | string =>
  decision.ok ? decision.events.map((event) => event.type) : decision.refusal.code;
