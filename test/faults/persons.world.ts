/**
 * Clinics that write to the records of the same people at once, each through a door of its own over one log in memory. Every reading and
 * every append waits for its turn, which a scheduler draws: two merges can meet anywhere. Lists are as the log is, patient by patient.
 */
import { accessPolicy, aggregates, contracts } from '@fascia/composition';
import { consentAggregate, ofAll, personOf, type Person } from '@fascia/directory';
import { importedId, makeImporter, readBundle, type Importer } from '@fascia/fhir';
import { MemoryEventStore } from '@fascia/event-store';
import {
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

/** Resolves when whoever asks the log is drawn. */
type Turn = () => Promise<void>;

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
    const reading = { ...readBundle(file), form: 'json', sha256: JSON.stringify(file) } as const;
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

  /** What a guard that asks about a record finds: ids of consents, of whatever record of the person. */
  async consentsOf(id: string): Promise<readonly string[]> {
    const found = await ofAll(await this.personOf(id), (one) => this.#consentsOn(one), this.#tools());
    return found.toSorted();
  }

  #consentsOn(patientId: string): Lookup<readonly string[]> {
    return {
      about: patientId,
      run: async () =>
        (await this.#events()).flatMap(({ type, stream, patientId: about }) =>
          type === 'ConsentGranted' && about === patientId ? [idOf(stream)] : [],
        ),
    };
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
      claimants: (...key) => door.claimants(...key),
    };
  }

  /** Of the tables that the directory asks: who holds a record. Nobody is under care here. */
  #rows(): Promise<Rows> {
    const homes = async (patientId: unknown) =>
      (await this.#events()).flatMap(({ type, data, patientId: about }) =>
        type === 'PatientRegistered' && about === patientId && 'homeOrganizationId' in data
          ? [{ relation: 'home', organization_id: data.homeOrganizationId }]
          : [],
      );
    return Promise.resolve({
      query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
        (text.includes('"care_team"') ? await homes(values[0]) : []) as unknown as readonly T[],
    });
  }

  #door(turn?: Turn): Door {
    const store = new FlakyStore(this.log);
    if (turn !== undefined) {
      store.readStream = async (...asked) => {
        await turn();
        return this.log.readStream(...asked);
      };
      store.append = async (request) => {
        await turn();
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
