/**
 * A fact that was found to be of somebody else is recorded again on their record, event by event as it was, and then ends where it was: in
 * this order, so that at no time it is on neither. Nothing is moved in the log itself, where streams say whose they are.
 */
import { happened, type Command, type Decider, type Decision, type DomainEvent } from '@fascia/kernel';
import type { MovedTo, Moving } from '../contract/facts.js';
import { FACT_MOVED } from '../contract/refusals.js';

/** A state that says when it is somebody else's. */
type Movable = { readonly movedTo?: MovedTo | undefined } | undefined;

export interface Told<E extends DomainEvent> {
  /** Events of the stream that one is taken from, or goes on as; none when that went to somebody else itself. */
  readonly told?: readonly E[] | undefined;
}

const moved: Decision<never> = { ok: false, refusal: FACT_MOVED };

const isMoving = (command: Command): command is Moving => 'fromId' in command || 'toPatientId' in command;

const asOf = <E extends DomainEvent>(told: readonly E[], patientId: string): readonly E[] =>
  told.map((one) => ('patientId' in one.data ? { ...one, data: { ...one.data, patientId } } : one));

/**
 * The rules of a thing that is about a patient, before those that it has by itself.
 * @param ends the event with which it ends where it was
 * @param without what of it is not taken along
 */
export const movable = <S extends Movable, C extends Command, E extends DomainEvent, F>(
  decider: Decider<S, C, E, F>,
  ends: (data: MovedTo) => E,
  without = (told: readonly E[]): readonly E[] => told,
): Decider<S, C | Moving, E, F & Told<E>> => ({
  ...decider,
  decide: (command, state, context) => {
    const { told = [] } = context.facts;
    if (!isMoving(command))
      return state?.movedTo === undefined ? decider.decide(command, state, context) : moved;
    const isDone = 'fromId' in command ? state !== undefined : state?.movedTo?.toId === command.toId;
    if (isDone) return happened();
    if (told.length === 0 || state?.movedTo !== undefined) return moved;
    return 'fromId' in command
      ? happened(...without(asOf(told, command.patientId)))
      : happened(ends({ toPatientId: command.toPatientId, toId: command.toId }));
  },
  stage: (state) => (state?.movedTo === undefined ? decider.stage(state) : 'moved'),
});
