/**
 * The shape of a process manager: events in, commands and timers out. One instance per thing that it is about; the instance's
 * stream remembers every input it handled, so that nothing is asked for twice and an auditor can ask why a task appeared.
 */
import type { AssessmentCommand, AssessmentEvent } from '@fascia/assessment/contract';
import type { DeadlineCommand, DeadlineEvent } from '@fascia/deadline/contract';
import type { DiagnosisEvent, DiagnosisMoving } from '@fascia/diagnosis/contract';
import type {
  ConsentEvent,
  ConsentMoving,
  ListingEvent,
  OrganizationEvent,
  PatientCommand,
  PatientEvent,
  PractitionerEvent,
} from '@fascia/directory/contract';
import type { DomainEvent, Envelope, Instant } from '@fascia/kernel';
import { categoryOf, idOf } from '@fascia/kernel';
import type { PlanCommand, PlanEvent } from '@fascia/plan/contract';
import type { ReferralCommand, ReferralEvent } from '@fascia/referral/contract';
import type { FlagCommand, FlagEvent, FlagMoving } from '@fascia/safety/contract';
import type { SessionCommand, SessionEvent } from '@fascia/session/contract';
import type { TaskCommand, TaskEvent } from '@fascia/task/contract';
import type { ProcessEventOf } from './contract.js';

/** Every event that the contracts of care declare: what a process may take. */
export type CareEvent =
  | PatientEvent
  | ConsentEvent
  | PractitionerEvent
  | OrganizationEvent
  | ListingEvent
  | DeadlineEvent
  | DiagnosisEvent
  | FlagEvent
  | ReferralEvent
  | PlanEvent
  | SessionEvent
  | AssessmentEvent
  | TaskEvent;

export type CareEventType = CareEvent['type'];
export type EventNamed<T extends CareEventType> = Extract<CareEvent, { readonly type: T }>;

/** An event as a process sees it. */
export type Taken<E extends DomainEvent = CareEvent> = E extends DomainEvent
  ? Pick<Envelope<E>, 'id' | 'type' | 'data' | 'stream' | 'occurredAt' | 'patientId' | 'actor'>
  : never;

/** Of whom processes ask, and what. */
interface Askable {
  readonly referral: ReferralCommand;
  readonly plan: PlanCommand;
  readonly session: SessionCommand;
  readonly assessment: AssessmentCommand;
  readonly flag: FlagCommand | FlagMoving;
  readonly patient: PatientCommand;
  readonly consent: ConsentMoving;
  readonly diagnosis: DiagnosisMoving;
  readonly task: TaskCommand;
  readonly deadline: DeadlineCommand;
}

/**
 * A command of that category's aggregate, in the shape that its contract declares: it is checked before it is given. Ids, codes and
 * fixed sentences only: process streams are not sealed.
 */
export type Requested<
  C extends keyof Askable = keyof Askable,
  T extends Askable[C]['type'] = Askable[C]['type'],
> = {
  [K in C]: {
    readonly category: K;
    readonly id: string;
    readonly command: Extract<Askable[K], { readonly type: T }>;
  };
}[C];

/** A timer of the instance, by name: set to be due, or taken back. */
export type Timer<Name extends string = string> =
  { readonly set: Name; readonly dueAt: Instant } | { readonly cancel: Name };

export type Output = Requested | Timer;

export const isRequested = (output: Output): output is Requested => 'command' in output;

/** The timers of a process that are due come to it as events. */
export type Fired<O extends Output = Output> = O extends { readonly set: infer Name extends string }
  ? Taken<{ readonly type: 'TimerFired'; readonly data: { readonly timer: Name; readonly dueAt: Instant } }>
  : never;

/** A command that the instance asked for and that was refused, for good. */
export interface Refused<O extends Output = Output> {
  readonly asked: Extract<O, { readonly command: unknown }>;
  readonly code: string;
}

export type InstanceKey = ProcessEventOf<'ProcessStarted'>['data']['key'];

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
/** Ids and codes only. */
export type Memory = Readonly<Record<string, Json>>;

/** What an instance knows: what it noted, and which commands it asked for so far, oldest first. */
export interface InstanceState<State, O extends Output> {
  readonly memory: State;
  readonly requested: readonly Extract<O, { readonly command: unknown }>[];
  readonly key: InstanceKey;
}

export interface Reaction<State, O extends Output> {
  /** Merged over what is remembered. */
  readonly noted?: Partial<State>;
  readonly gives?: readonly O[];
}

/**
 * @typeParam Input the events it takes
 * @typeParam State what it remembers
 * @typeParam Gives the commands and timers it gives; none unless they are named
 */
export interface Process<
  Input extends CareEvent = never,
  State extends Memory = Record<never, never>,
  Gives extends Output = never,
> {
  readonly name: string;
  readonly takes: readonly Input['type'][];
  readonly initial: State;
  /** Which instance an event is for. @param first the first event of its stream. @returns nothing when it is for none */
  instanceOf(event: Taken<Input>, first: Taken): InstanceKey | undefined;
  /** Pure: the same state and event give the same. */
  react(event: Taken<Input> | Fired<Gives>, state: InstanceState<State, Gives>): Reaction<State, Gives>;
  /** Pure. What a refusal means for the process; where it is absent, nothing follows from one. */
  refused?(refusal: Refused<Gives>, state: InstanceState<State, Gives>): Reaction<State, Gives>;
}

/** As the runner sees all of them. */
export type AnyProcess = Process<CareEvent, Memory, Output>;

/** The instance of a referral's processes: the event is of its stream, or its stream's first event names it. */
export const referralOf = (event: Taken, first: Taken): InstanceKey | undefined => {
  if (categoryOf(event.stream) === 'referral') return { category: 'referral', id: idOf(event.stream) };
  return 'referralId' in first.data && typeof first.data.referralId === 'string'
    ? { category: 'referral', id: first.data.referralId }
    : undefined;
};
