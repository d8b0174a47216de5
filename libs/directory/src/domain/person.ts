/**
 * One person, several records. A record says itself whom it was merged into; the record at the end of the chain stands for the
 * person. What others need to know of that to decide, and the two answers that are the same everywhere.
 */
import type { Command, Decider, Decision, DomainEvent } from '@fascia/kernel';
import { mergedRefusal, refuse, replacedRefusal } from '../contract/refusals.js';

/** A record, as far as decisions about its patient need it. */
export interface RecordFact {
  readonly exists: boolean;
  /** The record at the end of the chain, when this one was merged away. */
  readonly survivorId?: string | undefined;
  /** The record that its source uses instead, where it is another person's here: neither merged with this one nor said to be of two. */
  readonly replacedById?: string | undefined;
  /** Of the person: what the surviving record says. */
  readonly deceased: boolean;
}

/** What people may begin of a record. */
const isUsed = ({ replacedById }: RecordFact): Decision<never> | undefined =>
  replacedById === undefined ? undefined : { ok: false, refusal: replacedRefusal(replacedById) };

/** Nothing is begun for a record that is not there, or that was merged away. */
const standsForItself = ({ exists, survivorId }: RecordFact): Decision<never> | undefined => {
  if (!exists) return refuse('PATIENT_UNKNOWN', 'There is no such patient.', { pointer: '/patientId' });
  return survivorId === undefined ? undefined : { ok: false, refusal: mergedRefusal(survivorId) };
};

/**
 * The rules of a thing that is about a patient, after the one that all such things have.
 * @param begins whether a command begins something for the record that it names; what was begun before a merge goes on
 * @param waits whether it can wait for the record that the source uses instead: a danger cannot, nor what forbids something
 */
export const forStandingRecords = <S, C extends Command, E extends DomainEvent, F>(
  decider: Decider<S, C, E, F>,
  begins: (command: C, state: S) => boolean,
  waits: (command: C) => boolean = () => false,
): Decider<S, C, E, F & { readonly record: RecordFact }> => ({
  ...decider,
  decide: (command, state, context) =>
    (begins(command, state) ? standsForItself(context.facts.record) : undefined) ??
    (waits(command) ? isUsed(context.facts.record) : undefined) ??
    decider.decide(command, state, context),
});
