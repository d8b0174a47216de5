/**
 * Clinics that write to the records of the same people at once, each through a door of its own over one log in memory. Every reading and
 * every append waits for its turn, which a scheduler draws: two merges can meet anywhere. Lists are as the log is, patient by patient.
 */
import { accessPolicy, aggregateByCategory, aggregates, contracts } from '@fascia/composition';
import { DEFAULT_TIMES, processes, type AnyProcess } from '@fascia/coordination';
import { consentAggregate, ofAll, personOf, type Person } from '@fascia/directory';
import { importedId, makeImporter, readBundle, type Importer } from '@fascia/fhir';
import { MemoryEventStore } from '@fascia/event-store';
import {
  categoryOf,
  idOf,
  uuidFrom,
  type Actor,
  type Command,
  type DomainEvent,
  type Envelope,
  type EventStore,
  type Role,
  type Rows,
} from '@fascia/kernel';
import { memorySubjectKeys } from '@fascia/sealing';
import { FlakyStore, SetClock } from '@fascia/testkit';
import { Door, makeCodec, Memory, type Aggregate, type FactTools, type Lookup } from '@fascia/write-door';

/** Made once: it remembers its answers. */
const POLICY = accessPolicy();

export const CLINICS = ['north', 'south'].map((name) => uuidFrom('clinic', name));
export const RECORDS = Array.from({ length: 6 }, (_, n) => uuidFrom('record', String(n)));

/** Of the first clinic; the others are of the second. */
export const NORTH = RECORDS.slice(0, 4);

/** Who gives commands, of one of the clinics. */
export const actor = (role: Role, clinic: 0 | 1 = 0): Actor => ({
  sub: `${role} ${String(clinic)}`,
  role,
  organizationId: CLINICS[clinic] ?? '',
});

export interface Deed {
  readonly aggregate: unknown;
  readonly id: string;
  readonly command: Command;
  readonly by: Actor;
}

/** The first events of what is recorded here. */
const BEGINNINGS = ['ConsentGranted', 'RedFlagRaised'];

const MOVING = ((): AnyProcess => {
  const found = processes(DEFAULT_TIMES).find(({ name }) => name === 'move-assigned-facts');
  if (found === undefined) throw new Error('nobody moves what was assigned');
  return found;
})();

const isMoment = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-.*Z$/.test(value);

/** Resolves when whoever asks the log for that is drawn. */
type Turn = (deed: 'read' | 'append') => Promise<void>;

const twin = {
  name: { family: 'Twin', given: ['Alex'], prefix: [] },
  birthDate: '1990-01-01',
  sexAtBirth: 'female' as const,
  telecom: [],
  address: [],
  interpreter: false,
};

export class PersonsWorld {
  readonly log: EventStore;
  readonly #clock = new SetClock('2026-04-02T09:00:00.000Z');
  readonly #codec = makeCodec(contracts, memorySubjectKeys());
  /** Of one process: what it remembers is looked at again before it is used. */
  readonly #memory = new Memory();
  #asked = 0;
  /** Events that the product has reacted to. */
  #seen = 0;
  #importer: Importer | undefined;

  constructor() {
    this.log = new MemoryEventStore({ clock: this.#clock });
  }

  /** Of twins, or of nobody else: the same name and day, and in both clinics the same numbers; only people can say whose they are. */
  async registered(): Promise<void> {
    for (const id of RECORDS) {
      const clinic = NORTH.includes(id) ? 0 : 1;
      const identifiers = [{ system: 'urn:mrn', value: String(RECORDS.indexOf(id) % NORTH.length) }];
      const command = { type: 'RegisterPatient', ...twin, identifiers, organizationId: CLINICS[clinic] };
      expect(await this.give(onPatient(id, command, actor('system')))).toBe('done');
    }
  }

  /** @param turn holds back every reading and append until it is drawn */
  async give({ aggregate, id, command, by }: Deed, turn?: Turn): Promise<string> {
    this.#clock.advance(1000);
    const commandId = uuidFrom('asked', String((this.#asked += 1)));
    const outcome = await this.#door(turn).handle(
      aggregate as Aggregate<never, Command, DomainEvent, never>,
      {
        id,
        command,
        by,
        commandId,
        correlationId: commandId,
        causationId: commandId,
      },
    );
    return outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;
  }

  /** What a file says is taken for one of the clinics, as whoever keeps its records. */
  async import(file: object, clinic: 0 | 1, system: string): Promise<void> {
    this.#importer ??= makeImporter({
      door: this.#door(),
      tools: this.#tools(),
      codec: this.#codec,
      ...aggregates,
    });
    const reading = {
      ...readBundle(file),
      form: 'json',
      isAnswer: false,
      sha256: JSON.stringify(file),
    } as const;
    const organizationId = CLINICS[clinic] ?? '';
    await this.#importer({ reading, organizationId, system, by: actor('physician', clinic) });
  }

  importedId(identity: string, clinic: 0 | 1, system: string): Promise<string> {
    const origin = { organizationId: CLINICS[clinic] ?? '', system };
    return importedId((...parts) => this.#codec.nameOf(...parts), origin, identity);
  }

  async load<S, C extends Command, E extends DomainEvent, F>(
    aggregate: Aggregate<S, C, E, F>,
    id: string,
  ): Promise<S> {
    return (await this.#tools().load(aggregate, id)).state;
  }

  personOf(id: string): Promise<Person> {
    return personOf(id, this.#tools());
  }

  /** What a guard that asks about a record finds: ids of consents and flags, of whatever record of the person. */
  async factsOf(id: string): Promise<readonly string[]> {
    const found = await ofAll(await this.personOf(id), (one) => this.#factsOn(one), this.#tools());
    return found.toSorted();
  }

  #factsOn(patientId: string): Lookup<readonly string[]> {
    return {
      about: patientId,
      run: async () => {
        const events = await this.#events();
        const gone = events.flatMap(({ type, stream }) => (type.endsWith('Moved') ? [stream] : []));
        return events.flatMap(({ type, stream, patientId: about }) =>
          BEGINNINGS.includes(type) && about === patientId && !gone.includes(stream) ? [idOf(stream)] : [],
        );
      },
    };
  }

  /** What somebody assigned is done by the product itself: each command that the process asks for, in its order. */
  async moves(): Promise<void> {
    const events = (await this.#events()).slice(this.#seen);
    this.#seen += events.length;
    for (const event of events)
      if (MOVING.takes.some((type) => type === event.type)) await this.#react(event);
    if (events.length > 0) await this.moves();
  }

  async #react(event: Envelope<DomainEvent>): Promise<void> {
    const state = {
      memory: {},
      requested: [],
      key: { category: 'patient' as const, id: idOf(event.stream) },
    };
    const asked = [...(MOVING.react(event as Parameters<AnyProcess['react']>[0], state).gives ?? [])];
    for (const one of asked) {
      if (!('command' in one)) continue;
      const { category, id, command } = one;
      const code = await this.give({
        aggregate: aggregateByCategory.get(category),
        id,
        command,
        by: actor('system'),
      });
      if (code !== 'done') asked.push(...(MOVING.refused?.({ asked: one, code }, state).gives ?? []));
    }
  }

  async #events(): Promise<readonly Envelope<DomainEvent>[]> {
    const stored = await this.log.readAll(0n, 10_000);
    return Promise.all(stored.map(async (one) => await this.#codec.decode(one)));
  }

  #tools(): FactTools {
    const door = this.#door();
    return {
      load: (aggregate, id) => door.load(aggregate, id),
      view: (view, id) => door.view(view, id),
      lookup: async (question) => question.run(await this.#rows()),
      patientOf: (category, id) => door.patientOf(category, id),
      claimants: (...key) => door.claimants(...key),
    };
  }

  /** Of the tables that the directory asks: who holds a record, and what happened. Nobody is under care here. */
  #rows(): Promise<Rows> {
    const begun = async (patientId: unknown, since: string) => {
      const events = (await this.#events()).filter(({ patientId: about }) => about === patientId);
      const gone = events.flatMap(({ type, stream }) => (type.endsWith('Moved') ? [stream] : []));
      return events.flatMap(({ version, stream, recordedAt }) =>
        version === 1 && recordedAt >= since && !gone.includes(stream)
          ? [{ category: categoryOf(stream), subject_id: idOf(stream) }]
          : [],
      );
    };
    const homes = async (patientId: unknown) =>
      (await this.#events()).flatMap(({ type, data, patientId: about }) =>
        type === 'PatientRegistered' && about === patientId && 'homeOrganizationId' in data
          ? [{ relation: 'home', organization_id: data.homeOrganizationId }]
          : [],
      );
    return Promise.resolve({
      query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
        (text.includes('"care_team"')
          ? await homes(values[0])
          : text.includes('"patient_timeline"')
            ? await begun(values[0], values.find(isMoment) ?? '')
            : []) as unknown as readonly T[],
    });
  }

  #door(turn?: Turn): Door {
    const store = new FlakyStore(this.log);
    if (turn !== undefined) {
      store.readStream = async (...asked) => {
        await turn('read');
        return this.log.readStream(...asked);
      };
      store.append = async (request) => {
        await turn('append');
        return this.log.append(request);
      };
    }
    return new Door({
      store,
      codec: this.#codec,
      policy: POLICY,
      clock: this.#clock,
      rowsAt: () => this.#rows(),
      memory: this.#memory,
    });
  }
}

export const onPatient = (id: string, command: object, by: Actor): Deed => ({
  aggregate: aggregates.patients,
  id,
  command: command as Command,
  by,
});

export const consent = (id: string, patientId: string, by: Actor): Deed => ({
  aggregate: consentAggregate,
  id,
  command: {
    type: 'GrantConsent',
    patientId,
    purposes: ['TREAT'],
    organizationIds: [],
    from: '2026-04-01',
    method: 'verbal',
  } as Command,
  by,
});

export const flag = (id: string, patientId: string): Deed => ({
  aggregate: aggregateByCategory.get('flag'),
  id,
  command: { type: 'RaiseFlag', patientId, catalogueId: 'F03', source: 'by-hand' } as Command,
  by: actor('system'),
});
