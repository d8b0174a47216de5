/** What people do in a simulation: referrals with visits, plans, flags and no-shows, in random order beside one another. */
import { aggregateByCategory, contracts } from '@fascia/composition';
import {
  streamOf,
  uuidFrom,
  type Actor,
  type Category,
  type DomainEvent,
  type EventStore,
  type StreamName,
} from '@fascia/kernel';
import type { Outcome } from '@fascia/write-door';
import { NAMING_NOTHING as PLAN_CONTENT } from '../../libs/plan/src/domain/plan.scenes.spec-data.js';
import {
  CLINIC,
  FLAG,
  PATIENT,
  PHYSICIAN,
  SCENES,
  SESSION,
  THERAPIST,
} from '../../libs/referral/src/domain/referral.scenes.spec-data.js';
import type { World } from './coordinator.world.js';
import type { Dice } from './simulation.dice.js';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
/** An answer that never comes is a failure of its own. */
const MOST_TRIES = 200;

export interface Asked {
  readonly commandId: string;
  readonly stream: StreamName;
}

export class Stories {
  /** Commands of people that were answered. */
  readonly asked: Asked[] = [];
  #count = 0;

  constructor(
    private readonly world: World,
    private readonly store: EventStore,
    private readonly dice: Dice,
  ) {}

  /** Deeds of one referral, each to be done after the one before it. */
  next(): readonly (() => Promise<void>)[] {
    this.#count += 1;
    const id = (what: string): string =>
      uuidFrom('simulated', String(this.dice.seed), String(this.#count), what);
    const own = new Map([
      [PATIENT, id('patient')],
      [SESSION, id('session')],
      [FLAG, id('flag')],
    ]);
    const mine = <T>(thing: T): T =>
      JSON.parse(
        [...own].reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(thing)),
      ) as T;
    const referralId = id('referral');
    const patientId = id('patient');
    const tell =
      (stream: StreamName, by: Actor, ...events: readonly DomainEvent[]) =>
      () =>
        this.world.tell(stream, { by, patientId }, ...mine(events));
    const visit = {
      type: 'SessionScheduled',
      data: {
        referralId,
        patientId,
        organizationId: CLINIC,
        kind: 'treatment',
        therapistId: THERAPIST.practitionerId,
        start: '2026-04-08T09:00:00.000Z',
        end: '2026-04-08T09:45:00.000Z',
        referrerOrganizationId: ORGANIZATION,
        payerProfile: 'US-MEDICARE-B',
      },
    };
    const flag = {
      type: 'RedFlagRaised',
      data: {
        patientId,
        referralId,
        catalogueId: 'F01',
        catalogueVersion: '1',
        urgency: 'urgent',
        source: 'by-hand',
      },
    };
    const missed = { type: 'SessionNoShow', data: {} };
    const may = (deed: () => Promise<void>): readonly (() => Promise<void>)[] =>
      this.dice.happens(0.6) ? [deed] : [];
    return [
      ...may(
        tell(
          streamOf('referral', id('draft')),
          PHYSICIAN,
          ...SCENES.Draft.map(({ type, data }) => ({ type, data })),
        ),
      ),
      tell(
        streamOf('referral', referralId),
        PHYSICIAN,
        ...SCENES.Accepted.map(({ type, data }) => ({ type, data })),
      ),
      ...may(tell(streamOf('session', id('session')), THERAPIST, visit)),
      ...may(() =>
        this.#ask('plan', id('plan'), THERAPIST, { type: 'DraftPlan', referralId, content: PLAN_CONTENT }),
      ),
      ...may(tell(streamOf('flag', id('flag')), THERAPIST, flag)),
      ...may(
        tell(
          streamOf('session', id('missed')),
          THERAPIST,
          visit,
          missed,
          ...(this.dice.happens(0.5) ? [missed] : []),
        ),
      ),
    ];
  }

  /** As a careful client does: the same command until somebody answers. */
  async #ask(
    category: Category,
    id: string,
    by: Actor,
    command: { readonly type: string; readonly [more: string]: unknown },
  ): Promise<void> {
    const aggregate = aggregateByCategory.get(category);
    if (aggregate === undefined) throw new Error(`no aggregate ${category}`);
    const commandId = uuidFrom('asked', category, id, command.type);
    for (let tries = 0; ; tries += 1) {
      const request = { id, command, by, commandId, correlationId: commandId, causationId: commandId };
      const outcome: Outcome | undefined = await this.world
        .door(this.store)
        .handle(aggregate, request)
        .catch((error: unknown) => {
          if (tries > MOST_TRIES) throw error;
          return undefined;
        });
      if (outcome?.kind === 'done') this.asked.push({ commandId, stream: streamOf(category, id) });
      if (outcome !== undefined) return;
    }
  }
}

/** Everything that read models are made of in these stories. */
export const EVERY_TYPE: readonly string[] = contracts.flatMap((contract) => Object.keys(contract));
