/** Referrals in every situation the transition table tells apart, behind a door that forgets what it stores. */
import { accessPolicy, aggregates, contracts } from '@fascia/composition';
import {
  streamOf,
  type Actor,
  type AppendRequest,
  type AppendResult,
  type Clock,
  type Envelope,
  type EventMetadata,
  type EventStore,
  type Fact,
  type StreamName,
  uuidFrom,
} from '@fascia/kernel';
import {
  referralModel,
  type Circumstance,
  type ReferralAggregate,
  type ReferralCommandType,
  type ReferralEvent,
  type ReferralRow,
  type Stage,
} from '@fascia/referral';
import { memorySubjectKeys } from '@fascia/sealing';
import { memoryStore, past, SetClock } from '@fascia/testkit';
import { Door, makeCodec, type Codec, type Outcome } from '@fascia/write-door';
import {
  CLINIC,
  COMMANDS,
  CONTENT,
  COORDINATOR,
  FACTS,
  listing,
  LISTING,
  OTHER_CLINIC,
  OTHER_LISTING,
  PHYSICIAN,
  POOL_CLAIMED,
  POOL_SENT,
  PRACTICE,
  SCENES,
} from '../../libs/referral/src/domain/referral.scenes.spec-data.js';

export interface Situation {
  readonly name: string;
  readonly stage: Stage;
  readonly history: readonly Fact<ReferralEvent>[];
  /** By hand, not by the code under test. */
  readonly holds: readonly Circumstance[];
}

const DIRECTED: readonly Circumstance[] = ['directed leg', "leg is the recipient's"];
const UNPLACED: readonly Stage[] = ['none', 'Draft', 'Discarded'];
const WITH_RECIPIENT: readonly Stage[] = [
  'InTriage',
  'InfoRequested',
  'Accepted',
  'Booked',
  'InTreatment',
  'OnHold',
];

const proposing = (
  event: Extract<ReferralEvent, { type: 'ReferralRedirectProposed' | 'ReferralStopProposed' }>,
): Fact<ReferralEvent> => past<ReferralEvent>(event, COORDINATOR);
const REDIRECT = proposing({
  type: 'ReferralRedirectProposed',
  data: { listingId: OTHER_LISTING, reason: 'They treat hands.' },
});
const STOP = proposing({ type: 'ReferralStopProposed', data: { reason: 'No cause.' } });
const REVISED = past<ReferralEvent>(
  {
    type: 'ReferralRevised',
    data: {
      content: CONTENT,
      material: true,
      reason: 'Side.',
      signature: { practitionerId: PHYSICIAN.practitionerId ?? '', at: '2026-04-01T09:00:00.000Z' },
    },
  },
  PHYSICIAN,
);

const withRecipient = (
  name: string,
  more: Fact<ReferralEvent>,
  holds: readonly Circumstance[],
): readonly Situation[] =>
  WITH_RECIPIENT.map((stage) => ({
    name: `${stage}, ${name}`,
    stage,
    history: [...SCENES[stage], more],
    holds: [...DIRECTED, ...holds],
  }));

export const SITUATIONS: readonly Situation[] = [
  ...(Object.keys(SCENES) as Stage[]).map((stage) => ({
    name: stage,
    stage,
    history: SCENES[stage],
    holds: UNPLACED.includes(stage) ? [] : [...DIRECTED, 'no proposal open' as const],
  })),
  {
    name: 'Sent to a pool',
    stage: 'Sent',
    history: POOL_SENT,
    holds: ['pool leg, unclaimed', 'no proposal open'],
  },
  {
    name: 'InTriage, claimed from a pool',
    stage: 'InTriage',
    history: POOL_CLAIMED,
    holds: ['pool leg, claimed', "leg is the recipient's", 'no proposal open'],
  },
  ...withRecipient('a redirect proposed', REDIRECT, ['redirect proposed', 'proposal open']),
  ...withRecipient('a stop proposed', STOP, ['proposal open']),
  ...withRecipient('revised', REVISED, ['no proposal open', 'revision to acknowledge']),
];

/** Answers as if it had stored, and forgets: one situation serves every command. */
class ForgetfulStore implements EventStore {
  readonly contiguousPositions = true;
  readonly eventIds = 'log';
  readonly readStream: EventStore['readStream'];
  readonly readAll: EventStore['readAll'];
  readonly readAt: EventStore['readAt'];
  readonly subscribe: EventStore['subscribe'];
  readonly head: EventStore['head'];

  constructor(inner: EventStore) {
    this.readStream = inner.readStream.bind(inner);
    this.readAll = inner.readAll.bind(inner);
    this.readAt = inner.readAt.bind(inner);
    this.subscribe = inner.subscribe.bind(inner);
    this.head = inner.head.bind(inner);
  }

  append({ expectedVersion, events }: AppendRequest): Promise<AppendResult> {
    return Promise.resolve({
      kind: 'appended',
      version: expectedVersion + events.length,
      position: 1_000_000n,
    });
  }
}

const BOTH = [listing(LISTING, CLINIC), listing(OTHER_LISTING, OTHER_CLINIC)];

const LISTINGS: Readonly<Partial<Record<ReferralCommandType, typeof FACTS.listings>>> = {
  RedirectReferral: [listing(OTHER_LISTING, OTHER_CLINIC)],
  ClaimReferral: BOTH,
  ReviseReferral: BOTH,
};

const factsFor = (command: ReferralCommandType, by: Actor): typeof FACTS => ({
  ...FACTS,
  signer: { hasNpi: true, licensed: true, suspended: false, practitionerId: by.practitionerId ?? '' },
  listings: LISTINGS[command] ?? FACTS.listings,
});

/** The referral with facts under which its rules let every command pass; who is what to it is the real aggregate's answer. */
const willing: ReferralAggregate = {
  ...aggregates.referrals,
  references: {},
  subject: async (request, tools) =>
    request.state.kind === 'none'
      ? { parties: { home: [PRACTICE] } }
      : aggregates.referrals.subject(request, tools),
  facts: (request) => Promise.resolve(factsFor(request.command.type, request.by)),
};

const LATER: Clock = new SetClock('2026-09-01T09:00:00.000Z');

/** Every situation is read for every command: opening its seals once is enough. */
const remembering = (codec: Codec): Codec => {
  const read = new Map<string, Promise<Envelope>>();
  return {
    ...codec,
    decode: (stored) => {
      const known = read.get(stored.id) ?? codec.decode(stored);
      read.set(stored.id, known);
      return known;
    },
  };
};

export class Walk {
  readonly policy = accessPolicy();
  readonly #log = memoryStore();
  readonly #codec = remembering(makeCodec(contracts, memorySubjectKeys()));
  #asked = 0;

  readonly #doors = {
    now: this.#door(new SetClock('2026-04-01T10:00:00.000Z')),
    later: this.#door(LATER),
  };

  #door(clock: Clock): Door {
    return new Door({
      store: new ForgetfulStore(this.#log),
      codec: this.#codec,
      policy: this.policy,
      clock,
      rowsAt: () => Promise.reject(new Error('no lookup is expected')),
    });
  }

  streamOf(situation: Situation): StreamName {
    return streamOf('referral', uuidFrom('walk', situation.name));
  }

  async store(situation: Situation): Promise<void> {
    if (situation.history.length === 0) return;
    const stream = this.streamOf(situation);
    const events = await Promise.all(
      situation.history.map(({ type, data, at, by }, index) =>
        this.#codec.encode({
          stream,
          version: index + 1,
          id: uuidFrom(stream, String(index)),
          event: { type, data },
          metadata: this.#metadata(at, by),
        }),
      ),
    );
    await this.#log.append({
      stream,
      expectedVersion: 0,
      commandId: uuidFrom(stream),
      requestDigest: 'walk',
      events,
    });
  }

  #metadata(occurredAt: string, actor: Actor): Omit<EventMetadata, 'schemaVersion'> {
    return {
      occurredAt,
      actor,
      correlationId: 'walk',
      causationId: 'walk',
      commandId: 'walk',
      requestDigest: 'walk',
    };
  }

  ask(situation: Situation, type: ReferralCommandType, by: Actor): Promise<Outcome> {
    const commandId = uuidFrom('walk', String((this.#asked += 1)));
    const door = type === 'ExpireReferral' ? this.#doors.later : this.#doors.now;
    const id = this.streamOf(situation).slice('referral-'.length);
    return door.handle(willing, {
      id,
      command: COMMANDS[type],
      by,
      commandId,
      correlationId: commandId,
      causationId: commandId,
    });
  }

  /** The row that the read model makes of the same events. */
  row(situation: Situation): ReferralRow | undefined {
    const stream = this.streamOf(situation);
    return situation.history.reduce<ReferralRow | undefined>((row, fact, index) => {
      const envelope = {
        ...this.#metadata(fact.at, fact.by),
        schemaVersion: 1,
        position: BigInt(index + 1),
        stream,
        version: index + 1,
        id: uuidFrom(stream, String(index)),
        recordedAt: fact.at,
        type: fact.type,
        data: fact.data,
      } as Envelope;
      const id = stream.slice('referral-'.length);
      return referralModel.fold(row, envelope, id) as ReferralRow | undefined;
    }, undefined);
  }
}
