/** A process manager driven by events, remembering as the coordinator would from its stream. */
import { randomUUID } from 'node:crypto';
import { streamOf, uuidFrom, type Category, type Envelope, type EventMetadata } from '@fascia/kernel';
import { PLAN_COMMANDS } from '@fascia/plan/contract';
import { REFERRAL_COMMANDS } from '@fascia/referral/contract';
import { FLAG_COMMANDS } from '@fascia/safety/contract';
import { SESSION_COMMANDS } from '@fascia/session/contract';
import { TASK_COMMANDS } from '@fascia/task/contract';
import { isDeclared } from './coordinator.js';
import type { Memory, ProcessManager, ProcessState, RequestedCommand } from './process.js';

export const REFERRAL = uuidFrom('spec', 'referral');
export const PATIENT = uuidFrom('spec', 'patient');
export const PRACTICE = uuidFrom('spec', 'practice');
export const CLINIC = uuidFrom('spec', 'clinic');
export const OTHER_CLINIC = uuidFrom('spec', 'other clinic');
export const THERAPIST = uuidFrom('spec', 'therapist');

const METADATA: EventMetadata = {
  occurredAt: '2026-04-01T09:00:00.000Z',
  actor: { sub: 'spec', role: 'physician' },
  patientId: PATIENT,
  correlationId: 'c',
  causationId: 'd',
  commandId: 'e',
  requestDigest: 'f',
  schemaVersion: 1,
};

const CATEGORY_OF: Readonly<Record<string, Category>> = {
  Referral: 'referral',
  Plan: 'plan',
  Session: 'session',
  RedFlag: 'flag',
  PreScreen: 'session',
};

/** One thing of each category unless an id is given. */
export const subjectId = (category: Category): string =>
  category === 'referral' ? REFERRAL : uuidFrom('spec', category);

export const categoryOfType = (type: string): Category => {
  const start = Object.keys(CATEGORY_OF).find((prefix) => type.startsWith(prefix));
  if (start === undefined) throw new Error(`whose event is ${type}?`);
  return CATEGORY_OF[start] ?? 'referral';
};

/** Fields that processes look into, where a spec gives none. */
const DATA: Readonly<Record<string, object>> = {
  ReferralSent: {
    patientId: PATIENT,
    referrerOrganizationId: PRACTICE,
    placement: { organizationIds: [CLINIC] },
    content: { priority: 'urgent', payer: { profile: 'US-MEDICARE-B' } },
  },
  ReferralRedirected: { placement: { organizationIds: [OTHER_CLINIC] }, bookingsCancelled: [] },
  ReferralRevised: { material: true },
  RedFlagRaised: { urgency: 'urgent' },
  SessionScheduled: { therapistId: THERAPIST, kind: 'treatment', start: '2026-04-08T09:00:00.000Z' },
};

export const happening = (type: string, data: object = DATA[type] ?? {}, id?: string): Envelope => {
  const category = categoryOfType(type);
  return {
    ...METADATA,
    position: 1n,
    stream: streamOf(category, id ?? subjectId(category)),
    version: 1,
    id: randomUUID(),
    recordedAt: METADATA.occurredAt,
    type,
    data,
  };
};

const COMMANDS = {
  referral: REFERRAL_COMMANDS,
  plan: PLAN_COMMANDS,
  session: SESSION_COMMANDS,
  flag: FLAG_COMMANDS,
  task: TASK_COMMANDS,
};

/** The coordinator gives nothing else. @throws naming the command */
const declared = (commands: readonly RequestedCommand[]): readonly RequestedCommand[] => {
  const odd = commands.find(
    ({ category, command }) => !isDeclared({ commands: COMMANDS[category] }, command),
  );
  if (odd !== undefined) throw new Error(`no contract declares this: ${JSON.stringify(odd.command)}`);
  return commands;
};

export class Story {
  #state: ProcessState = { memory: {}, requested: [] };

  constructor(readonly process: ProcessManager) {}

  /** @returns the commands asked for because of it */
  on(type: string, data?: object, id?: string): readonly RequestedCommand[] {
    return this.take(happening(type, data, id));
  }

  take(event: Envelope): readonly RequestedCommand[] {
    if (!this.process.takes.includes(event.type)) return [];
    const { noted = {}, commands = [] } = this.process.react(event, this.#state, REFERRAL);
    this.#state = {
      memory: { ...this.#state.memory, ...noted },
      requested: [...this.#state.requested, ...commands],
    };
    return declared(commands);
  }

  get memory(): Memory {
    return this.#state.memory;
  }
}

/** `CreateTask TRIAGE`, `CancelTask TRIAGE`: what commands about tasks come to. */
export class TaskStory extends Story {
  readonly #types = new Map<string, string>();

  said(type: string, data?: object, id?: string): readonly string[] {
    return this.on(type, data, id).map(({ id: taskId, command }) => {
      if (command.type === 'CreateTask') this.#types.set(taskId, String(command['taskType']));
      return `${command.type} ${this.#types.get(taskId) ?? taskId}`;
    });
  }
}
