/** An older copy of the log is put back while everything runs on it; other things are written afterwards. */
import { randomUUID } from 'node:crypto';
import { memoryBroker } from '@fascia/broker';
import { StoreUnavailable, type Envelope } from '@fascia/kernel';
import { until } from '@fascia/testkit';
import { SYSTEM } from '../../libs/referral/src/domain/referral.scenes.spec-data.js';
import { MISSED, referral, telling, told } from './coordinator.story.js';
import { outcomeViolations } from './outcomes.js';
import { examples, named } from './poison.samples.js';
import { LOGS, type Copied } from './put-back.logs.js';
import { Running } from './running.world.js';

/** Within it whoever follows has said that the log is another one, and stands where it ends. */
const TOLD_WITHIN_MS = 60_000;
const PARTITIONS = 3;
const FOLLOWERS = ['process-inputs', 'process-commands', 'care', 'audit', 'timers'].map(
  (name) => `:"${name}"`,
);

const PATIENT = {
  birthDate: '1980-05',
  sexAtBirth: 'female',
  interpreter: false,
  language: 'en',
  telecom: [],
  address: [],
};

/** Nothing was stored: it is tried again. */
const isAway = (error: unknown): false => {
  if (error instanceof StoreUnavailable) return false;
  throw error;
};

export class PutBack {
  /** Names of access records, in the order of looking. */
  readonly #looks: string[] = [];
  /** When the last of them had said it. */
  toldAfterMs = Number.NaN;

  private constructor(
    private readonly log: Copied,
    private readonly running: Running,
    private readonly isRelayed: boolean,
    private readonly withinMs: number,
  ) {}

  static async on(name: keyof typeof LOGS, isRelayed: boolean, withinMs = TOLD_WITHIN_MS): Promise<PutBack> {
    const log = await LOGS[name]();
    const broker = isRelayed ? { broker: memoryBroker({ partitions: PARTITIONS }) } : {};
    return new PutBack(log, await Running.start({ ...log.parts, ...broker }), isRelayed, withinMs);
  }

  async end(): Promise<void> {
    await this.running.stop();
    await this.log.end();
  }

  async size(): Promise<{ readonly events: number; readonly looks: number }> {
    return { events: (await this.running.store.readAll(0n, 10_000)).length, looks: this.#looks.length };
  }

  /** A person whom somebody registers. @returns their id, and where the write ended */
  async #registers(family: string): Promise<{ readonly id: string; readonly position: string }> {
    const { body, headers } = await this.running.as('physician-demo').insists(
      'POST',
      '/api/v1/patients',
      {
        ...PATIENT,
        name: { family, given: ['Ada'], prefix: [] },
        identifiers: [{ system: 'urn:example:mrn', value: family }],
      },
      { 'idempotency-key': randomUUID() },
    );
    return { id: (body as { id: string }).id, position: headers.get('fascia-position') ?? '' };
  }

  /** Something for every follower: inputs, a command, a timer. */
  async #works(key: string): Promise<void> {
    const all = await examples();
    for (const types of [['ReferralDrafted'], ['PlanDrafted', 'PlanEstablished']]) {
      const { stream, patientId, events } = named(all, key, ...types);
      await this.running.tell(
        stream,
        { by: SYSTEM, patientId },
        ...events.map(({ type, data }) => ({ type, data })),
      );
    }
  }

  #look(times: number): void {
    for (let time = 0; time < times; time += 1) {
      const resource = `look-${String(this.#looks.length)}`;
      this.#looks.push(resource);
      this.running.reads.recorder.record({
        kind: 'read',
        on: { route: 'a spec' },
        by: { sub: 'somebody', role: 'physician' },
        patientIds: [randomUUID()],
        resource,
        policy: 'a spec',
      });
    }
  }

  async #envelopes(): Promise<readonly Envelope[]> {
    const stored = await this.running.store.readAll(0n, 10_000);
    return Promise.all(stored.map((event) => this.running.foundation.codec.decode(event)));
  }

  /** Everybody has come to where the log ends, and it does not go on. */
  async #settles(message: string): Promise<void> {
    await until(
      async () => {
        const { position } = await this.running.store.head();
        await this.running.reads.recorder.flush();
        const { body, status } = await this.running.as('operator-demo').send('GET', '/api/v1/admin/status');
        if (status !== 200) return false;
        const { log, relay, followers } = body as {
          log: { position: string };
          relay: { position: string } | null;
          followers: { behind: string }[];
        };
        return (
          log.position === position.toString() &&
          (!this.isRelayed || relay?.position === log.position) &&
          followers.every(({ behind }) => behind === '0') &&
          (this.isRelayed || (await this.running.behind()).length === 0) &&
          (await this.running.admin.list()).every(({ building }) => building === null) &&
          (await this.running.store.head()).position === position
        );
      },
      { deadlineMs: this.withinMs, everyMs: 50, message },
    );
  }

  /** @returns what is wrong afterwards */
  async violations(): Promise<readonly string[]> {
    await telling(this.running);
    const kept = await this.#registers('Kept');
    this.#look(20);
    await this.#settles('everything before to be followed');
    const putBack = await this.log.copy(this.running);

    const lost = await this.#registers('Lost');
    await this.#works('lost');
    this.#look(20);
    await this.#settles('what is lost afterwards to be followed');
    const refused = (await this.#envelopes()).filter(({ type }) => type === 'CommandRefused');
    this.#look(20);
    await putBack();
    const since = Date.now();
    // What was refused would be done now.
    const visit = { sessionId: MISSED, kind: 'treatment', start: '2026-04-08T09:00:00.000Z' };
    await until(
      () =>
        this.running
          .tell(referral, told, { type: 'ReferralVisitBooked', data: visit })
          .then(() => true, isAway),
      { deadlineMs: this.withinMs, message: 'the log to be there again' },
    );
    await this.#works('other');
    const others = [];
    for (let n = 0; n < 8; n += 1) others.push(await this.#registers(`Other${String(n)}`));
    const glances = this.#glances(kept.id, since);
    const silent = await this.#toldViolations(since);
    const seen = await glances;
    const unsettled = await this.#settles('another log to be followed').then(
      () => [],
      (error: unknown) => [String(error)],
    );
    return [
      ...silent,
      ...seen,
      ...unsettled,
      ...(await this.#listViolations([kept, ...others], lost)),
      ...(await this.#looksViolations()),
      ...(await this.#commandViolations(refused)),
    ];
  }

  /** Who has to say that the log is another one, and when they did. */
  #told(since: number): ReadonlyMap<string, number | undefined> {
    const said = this.running.said
      .filter(({ time, msg }) => Date.parse(time) >= since && msg.includes('another'))
      .map((line) => ({ text: JSON.stringify(line), afterMs: Date.parse(line.time) - since }));
    const names = [...FOLLOWERS, ...(this.isRelayed ? ['the relay sends it'] : [])];
    return new Map(names.map((name) => [name, said.find(({ text }) => text.includes(name))?.afterMs]));
  }

  async #toldViolations(since: number): Promise<readonly string[]> {
    const silent = (): readonly string[] =>
      [...this.#told(since)].flatMap(([name, afterMs]) => (afterMs === undefined ? [name] : []));
    await until(() => silent().length === 0, { deadlineMs: this.withinMs, message: 'all of them' }).catch(
      () => undefined,
    );
    this.toldAfterMs = Math.max(...[...this.#told(since).values()].map((afterMs) => afterMs ?? Infinity));
    return silent().map((name) => `nobody was told of another log: ${name}`);
  }

  /** What was there all the time is there, or it is said that nobody knows at the moment; until all is built again. */
  async #glances(id: string, since: number): Promise<readonly string[]> {
    const physician = this.running.as('physician-demo');
    const seen: string[] = [];
    await until(
      async () => {
        const { status, body } = await physician.send('GET', `/api/v1/patients/${id}`);
        seen.push(status === 200 ? '200' : `${String(status)} ${String((body as { code?: string }).code)}`);
        return seen.at(-1) === '200' && ![...this.#told(since).values()].includes(undefined);
      },
      { deadlineMs: this.withinMs, everyMs: 20, message: 'all to be built again' },
    ).catch(() => undefined);
    return [...new Set(seen)]
      .filter((answer) => answer !== '200' && !answer.startsWith('503'))
      .map((answer) => `what was there all the time is answered with ${answer}`);
  }

  async #listViolations(
    there: readonly { readonly id: string }[],
    lost: { readonly id: string; readonly position: string },
  ): Promise<readonly string[]> {
    const physician = this.running.as('physician-demo');
    const found = await Promise.all(
      there.map(async ({ id }) => (await physician.get(`/api/v1/patients/${id}`)).status),
    );
    const listed = (await physician.get(`/api/v1/patients/${lost.id}`)).status;
    const reads = await physician.send('GET', '/api/v1/patients', undefined, {
      'fascia-at-least': lost.position,
    });
    const verified = [];
    for (const model of this.running.models) verified.push(await this.running.admin.verify(model));
    return [
      ...(found.every((status) => status === 200)
        ? []
        : [`what is there is not listed: ${found.join(', ')}`]),
      ...(listed === 404 ? [] : [`what is lost is listed: ${String(listed)}`]),
      ...(reads.status === 400
        ? []
        : [`a position of what is lost is answered with ${String(reads.status)}`]),
      ...verified.filter(({ same }) => !same).map(({ name }) => `${name} is not what a rebuild makes`),
    ];
  }

  async #looksViolations(): Promise<readonly string[]> {
    await this.running.reads.recorder.flush();
    const resources = (await this.#envelopes())
      .filter(({ type }) => type === 'PatientDataRead')
      .map(({ data }) => (data as { resource: string }).resource);
    return this.#looks.flatMap((look) => {
      const times = resources.filter((one) => one === look).length;
      return times === 1 ? [] : [`${look} is recorded ${String(times)} times`];
    });
  }

  /** What was refused is done by nobody, and what was done is not done again. */
  async #commandViolations(refused: readonly Envelope[]): Promise<readonly string[]> {
    const stored = await this.running.store.readAll(0n, 10_000);
    const ids = new Set(refused.map(({ data }) => (data as { commandId: string }).commandId));
    return [
      ...(ids.size === 0 ? ['nothing was refused'] : []),
      ...stored.filter(({ commandId }) => ids.has(commandId)).map(({ type }) => `${type} was refused before`),
      ...outcomeViolations(stored),
    ];
  }
}
