/** A process driven by events of the real contracts and by time, remembering as its stream would let it. */
import { randomUUID } from 'node:crypto';
import { instantAfterDays } from '@fascia/clinical/calendar';
import { streamOf, uuidFrom, type Category, type Instant } from '@fascia/kernel';
import { ASSESSMENT_COMMANDS } from '@fascia/assessment/contract';
import { DEADLINE_COMMANDS } from '@fascia/deadline/contract';
import { DIAGNOSIS_COMMANDS } from '@fascia/diagnosis/contract';
import { CONSENT_COMMANDS, PATIENT_COMMANDS } from '@fascia/directory/contract';
import { PLAN_COMMANDS } from '@fascia/plan/contract';
import { REFERRAL_COMMANDS } from '@fascia/referral/contract';
import { FLAG_COMMANDS } from '@fascia/safety/contract';
import { SESSION_COMMANDS } from '@fascia/session/contract';
import { TASK_COMMANDS } from '@fascia/task/contract';
import {
  isRequested,
  type AnyProcess,
  type EventNamed,
  type Fired,
  type InstanceKey,
  type Memory,
  type Output,
  type Reaction,
  type Requested,
  type Taken,
} from '../process.js';
import { isDeclared } from '../runner/coordinator.js';
import { happening, NOW, PATIENT, REFERRAL, subjectOf, type SampleType } from './samples.spec-data.js';

const COMMANDS = {
  referral: REFERRAL_COMMANDS,
  plan: PLAN_COMMANDS,
  session: SESSION_COMMANDS,
  assessment: ASSESSMENT_COMMANDS,
  flag: FLAG_COMMANDS,
  task: TASK_COMMANDS,
  deadline: DEADLINE_COMMANDS,
  patient: PATIENT_COMMANDS,
  consent: CONSENT_COMMANDS,
  diagnosis: DIAGNOSIS_COMMANDS,
} satisfies Partial<Record<Category, unknown>>;

/** The coordinator gives nothing else. @throws naming the command */
const declared = (commands: readonly Requested[]): readonly Requested[] => {
  const odd = commands.find(
    ({ category, command }) => !isDeclared({ commands: COMMANDS[category] }, command),
  );
  if (odd !== undefined) throw new Error(`no contract declares this: ${JSON.stringify(odd.command)}`);
  return commands;
};

export class Story {
  #memory: Memory;
  #requested: readonly Requested[] = [];
  #now: Instant = NOW;
  readonly #timers = new Map<string, { readonly dueAt: Instant; readonly key: InstanceKey }>();

  constructor(readonly process: AnyProcess) {
    this.#memory = process.initial;
  }

  /** @returns the commands asked for because of it */
  on<T extends SampleType>(
    type: T,
    data: Partial<EventNamed<T>['data']> = {},
    id?: string,
  ): readonly Requested[] {
    return this.take(happening(type, data, id, this.#now));
  }

  take(event: Taken): readonly Requested[] {
    if (!this.process.takes.includes(event.type)) return [];
    const key = this.process.instanceOf(event, this.#firstOf(event));
    return key === undefined ? [] : this.#react(event, key);
  }

  /** Time goes on: what is due meanwhile fires, in order. @returns the commands asked for because of it */
  passes(days: number): readonly Requested[] {
    const until = instantAfterDays(this.#now, days);
    const asked: Requested[] = [];
    for (;;) {
      const [due] = [...this.#timers]
        .filter(([, { dueAt }]) => dueAt <= until)
        .toSorted(([, a], [, b]) => (a.dueAt < b.dueAt ? -1 : 1));
      if (due === undefined) break;
      const [timer, { dueAt, key }] = due;
      this.#timers.delete(timer);
      this.#now = dueAt;
      const fired: Fired = {
        id: randomUUID(),
        type: 'TimerFired',
        data: { timer, dueAt },
        stream: streamOf('process', uuidFrom('spec', this.process.name)),
        occurredAt: dueAt,
        actor: { sub: `process:${this.process.name}`, role: 'system' },
        patientId: PATIENT,
      };
      asked.push(...this.#react(fired, key));
    }
    this.#now = until;
    return asked;
  }

  get memory(): Memory {
    return this.#memory;
  }

  /** When each timer that is set is due. */
  get timers(): Readonly<Record<string, Instant>> {
    return Object.fromEntries([...this.#timers].map(([timer, { dueAt }]) => [timer, dueAt]));
  }

  /** A command that it asked for is refused. @returns the commands asked for because of it */
  refused(asked: Requested, code: string): readonly Requested[] {
    const key: InstanceKey = { category: 'referral', id: REFERRAL };
    return this.#follow(
      this.process.refused?.({ asked, code }, { memory: this.#memory, requested: this.#requested, key }) ??
        {},
      key,
    );
  }

  #react(event: Taken | Fired, key: InstanceKey): readonly Requested[] {
    return this.#follow(
      this.process.react(event, { memory: this.#memory, requested: this.#requested, key }),
      key,
    );
  }

  #follow({ noted = {}, gives = [] }: Reaction<Memory, Output>, key: InstanceKey): readonly Requested[] {
    for (const output of gives) {
      if ('set' in output) this.#timers.set(output.set, { dueAt: output.dueAt, key });
      if ('cancel' in output) this.#timers.delete(output.cancel);
    }
    const commands = declared(gives.filter(isRequested));
    this.#memory = { ...this.#memory, ...noted } as Memory;
    this.#requested = [...this.#requested, ...commands];
    return commands;
  }

  /** Streams of plans, sessions, flags and deadlines begin with the event that names the referral. */
  #firstOf(event: Taken): Taken {
    switch (subjectOf(event.type)) {
      case 'plan':
        return happening('PlanDrafted');
      case 'session':
        return happening('SessionScheduled');
      case 'assessment':
        return happening('AssessmentRecorded');
      case 'flag':
        return happening('RedFlagRaised');
      case 'deadline':
        return happening('DeadlineSet');
      default:
        return event;
    }
  }
}

/** `CreateTask TRIAGE`, `CancelTask TRIAGE`: what commands about tasks come to. */
export class TaskStory extends Story {
  readonly #types = new Map<string, string>();

  said<T extends SampleType>(
    type: T,
    data: Partial<EventNamed<T>['data']> = {},
    id?: string,
  ): readonly string[] {
    return this.#told(this.on(type, data, id));
  }

  /** @returns what was asked while time went on */
  saidWithin(days: number): readonly string[] {
    return this.#told(this.passes(days));
  }

  #told(commands: readonly Requested[]): readonly string[] {
    return commands.map(({ id: taskId, command }) => {
      if (command.type === 'CreateTask') this.#types.set(taskId, command.taskType);
      return `${command.type} ${this.#types.get(taskId) ?? taskId}`;
    });
  }
}

/** What commands about tasks ask of whom. */
export const assignmentOf = ({ command }: Requested) =>
  command.type === 'CreateTask' ? command.assignment : undefined;
