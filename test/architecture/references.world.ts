/**
 * Two patients, each with all that can be recorded of one, and two clinics: what commands may name, of the one and of the other. The door,
 * the policy, the codec and the aggregates are the product's; the log is in memory, and rows are what the care team is.
 */
import { accessPolicy, aggregateByCategory, contracts } from '@fascia/composition';
import { MemoryEventStore } from '@fascia/event-store';
import {
  ROLES,
  streamOf,
  uuidFrom,
  type Actor,
  type Category,
  type Command,
  type Commands,
  type Rows,
} from '@fascia/kernel';
import { REFERS_TO, type Referent } from '@fascia/kernel/contract';
import { memorySubjectKeys } from '@fascia/sealing';
import { SetClock } from '@fascia/testkit';
import { Door, makeCodec, type Aggregate } from '@fascia/write-door';
import { z } from 'zod';
import { goldensOf } from '../replay/goldens.js';

/** What stands between the body and an id: names, and lists. */
type Step = string | readonly [];
const EACH: Step = [];

export interface Ref {
  /** As an aggregate lists it. */
  readonly path: string;
  readonly steps: readonly Step[];
  /** Absent: an id that does not say what it is of. */
  readonly to: Referent | undefined;
}

interface Schema {
  readonly $ref?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly [REFERS_TO]?: Referent;
}

/** Ids in a body, but for the one that a client may bring for what it makes. */
export const refsOf = (body: z.ZodType): readonly Ref[] => {
  const whole = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Schema & {
    readonly $defs?: Readonly<Record<string, Schema>>;
  };
  const walk = (schema: Schema, steps: readonly Step[]): readonly Ref[] => {
    const { $ref, format, properties = {}, items, anyOf = [], oneOf = [] } = schema;
    const named = $ref === undefined ? undefined : whole.$defs?.[$ref.replace('#/$defs/', '')];
    const path = steps.filter((step) => typeof step === 'string').join('.');
    const own = format === 'uuid' && path !== 'id' ? [{ path, steps, to: schema[REFERS_TO] }] : [];
    return [
      ...own,
      ...(named === undefined ? [] : walk(named, steps)),
      ...Object.entries(properties).flatMap(([name, inner]) => walk(inner, [...steps, name])),
      ...(items === undefined ? [] : walk(items, [...steps, EACH])),
      ...[...anyOf, ...oneOf].flatMap((inner) => walk(inner, steps)),
    ];
  };
  return walk(whole, []);
};

export const commandsAsked = (commands: Commands): readonly (readonly [string, readonly Ref[]])[] =>
  Object.entries(commands).flatMap(([type, { kind, body }]) =>
    kind === 'internal' ? [] : [[type, refsOf(body)] as const],
  );

/** A body in which ids alone are said. */
export const naming = (ids: readonly (readonly [Ref, string])[]): object => {
  const body: Record<string, unknown> = {};
  for (const [{ steps }, id] of ids) put(body, steps, id);
  return body;
};

const put = (into: Record<string, unknown>, [name, next, ...rest]: readonly Step[], id: string): void => {
  const key = String(name);
  if (next === undefined) into[key] = id;
  else if (typeof next === 'string') put((into[key] ??= {}) as Record<string, unknown>, [next, ...rest], id);
  else if (rest.length === 0) into[key] = [...((into[key] ?? []) as readonly string[]), id];
  else {
    const [one = {}] = (into[key] ??= [{}]) as Record<string, unknown>[];
    put(one, rest, id);
  }
};

const CLINICS = ['here', 'there'] as const;
type Where = (typeof CLINICS)[number];
const idIn = (what: string, where: Where): string => uuidFrom('references', what, where);

/** Of a patient, in the order in which one is made of the other. */
const RECORDED = [
  ['patient', 'PatientRegistered'],
  ['diagnosis', 'DiagnosisRecorded'],
  ['document', 'DocumentAnnounced'],
  ['flag', 'RedFlagRaised'],
  ['precaution', 'PrecautionRecorded'],
  ['referral', 'ReferralDrafted', 'ReferralSent', 'ReferralAccepted'],
  ['plan', 'PlanDrafted'],
  ['session', 'SessionScheduled'],
  ['assessment', 'AssessmentRecorded'],
  ['consent', 'ConsentGranted'],
] as const;
const OF_NOBODY = [
  ['organization', 'OrganizationRegistered'],
  ['practitioner', 'PractitionerEnrolled'],
  ['listing', 'ListingPublished'],
  ['task', 'CareTaskCreated'],
] as const;

/** What events say of one of the two; the rest is as in the example that is kept of each. */
const said = (where: Where): Readonly<Record<string, unknown>> => {
  const organizationId = idIn('organization', where);
  const listingId = idIn('listing', where);
  return {
    patientId: idIn('patient', where),
    referralId: idIn('referral', where),
    organizationId,
    homeOrganizationId: organizationId,
    referrerOrganizationId: organizationId,
    organizationIds: [organizationId],
    practitionerIds: [idIn('practitioner', where)],
    therapistId: idIn('practitioner', where),
    roles: [{ role: 'therapist', organizationId }],
    placement: { target: { kind: 'directed', listingId }, organizationIds: [organizationId] },
    assignment: { organizationIds: [organizationId], roles: ['therapist'] },
    catalogueId: 'F03',
    legNo: 1,
  };
};

const POLICY = accessPolicy();

export class ReferencesWorld {
  readonly #clock = new SetClock('2026-05-04T09:00:00.000Z');
  readonly #log = new MemoryEventStore({ clock: this.#clock });
  readonly #codec = makeCodec(contracts, memorySubjectKeys());
  readonly #door = new Door({
    store: this.#log,
    codec: this.#codec,
    policy: POLICY,
    clock: this.#clock,
    rowsAt: () => Promise.resolve(ROWS),
  });
  #asked = 0;

  async made(): Promise<this> {
    for (const where of CLINICS) {
      for (const [category, ...types] of OF_NOBODY) await this.#store(where, category, types);
      for (const [category, ...types] of RECORDED)
        await this.#store(where, category, types, idIn('patient', where));
    }
    await this.#store('here', 'referral', ['ReferralDrafted'], idIn('patient', 'here'), this.another);
    return this;
  }

  async #store(
    where: Where,
    category: Category,
    types: readonly string[],
    patientId?: string,
    id = idIn(category, where),
  ): Promise<void> {
    const stream = streamOf(category, id);
    const known = said(where);
    const events = await Promise.all(
      types.map((type, index) => {
        const example = goldensOf(category).findLast((golden) => golden.type === type);
        if (example === undefined) throw new Error(`no example of ${type}`);
        const data = Object.fromEntries(
          Object.entries(example.reads).map(([name, value]) => [name, name in known ? known[name] : value]),
        );
        return this.#codec.encode({
          stream,
          version: index + 1,
          id: uuidFrom(stream, type),
          event: { type, data },
          metadata: {
            occurredAt: '2026-05-01T09:00:00.000Z',
            actor: { sub: 'made', role: 'system' },
            ...(patientId === undefined ? {} : { patientId }),
            correlationId: stream,
            causationId: stream,
            commandId: uuidFrom(stream),
            requestDigest: 'made',
          },
        });
      }),
    );
    const commandId = uuidFrom(stream);
    await this.#log.append({ stream, expectedVersion: 0, commandId, requestDigest: 'made', events });
  }

  /** The thing of the first patient, or of the first clinic. */
  own(to: Referent): string {
    return idIn(to === 'anything' ? 'document' : to, 'here');
  }

  /** Another order of the first patient's, from the same clinic. */
  readonly another = uuidFrom('references', 'another order');

  /** The same of the other one, and things of another kind. */
  foreign(to: Referent): readonly string[] {
    const kinds = [...RECORDED, ...OF_NOBODY].map(([category]) => category);
    if (to === 'anything') return kinds.map((kind) => idIn(kind, 'there'));
    const another = kinds.filter((kind) => kind !== to).map((kind) => idIn(kind, 'there'));
    return [idIn(to, 'there'), ...another];
  }

  /** Everybody at the first clinic, and who works for the network. */
  readonly people: readonly Actor[] = [...ROLES].flatMap((role) => {
    if (role === 'system') return [];
    const at = { sub: role, role, practitionerId: idIn('practitioner', 'here') };
    return [{ ...at, organizationId: idIn('organization', 'here') }, at];
  });

  /** What is answered: a code, "went on" where what comes after the references was reached, or who may. */
  async ask(category: Category, command: Command, by: Actor): Promise<string> {
    const aggregate = aggregateByCategory.get(category) as Aggregate<never, Command, never, never>;
    const begins = aggregate.commands[command.type]?.begins === true;
    this.#asked += 1;
    const commandId = uuidFrom('asked', String(this.#asked));
    const id = begins ? uuidFrom('made', String(this.#asked)) : idIn(category, 'here');
    const request = { id, command, by, commandId, correlationId: commandId, causationId: commandId };
    try {
      const outcome = await this.#door.handle(aggregate, request);
      return outcome.kind === 'refused' ? JSON.stringify(outcome.refusal) : outcome.kind;
    } catch (error) {
      // Facts and rules take a whole body; here it is ids alone.
      return `went on: ${error instanceof Error ? error.name : ''}`;
    }
  }
}

/** What the lists say that rules ask: who cares for whom, and under which order a visit is. */
const ROWS: Rows = {
  query: <T extends object>(text: string, values: readonly unknown[] = []) => {
    const where = CLINICS.find((one) => values.some((value) => idIn('patient', one) === value));
    const visitOf = CLINICS.find((one) => values.some((value) => idIn('session', one) === value));
    const organizationId = idIn('organization', where ?? 'there');
    const rows: readonly object[] =
      text.includes('"care_team"') && where !== undefined
        ? ['home', 'referrer', 'recipient'].map((relation) => ({ relation, organization_id: organizationId }))
        : text.includes('"session"') && visitOf !== undefined
          ? [{ referral_id: idIn('referral', visitOf) }]
          : [];
    return Promise.resolve(rows as readonly T[]);
  },
};

export const INVENTED = uuidFrom('references', 'of nothing');
