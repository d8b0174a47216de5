/** People who talk to Fascia over HTTP, as careful clients do. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '@fascia/testkit';

/** A process that was killed is started again; on a busy machine that takes its time. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 100;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Journeys look into answers as a client would; shapes are checked against OpenAPI elsewhere.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** An overloaded machine's "not now" says nothing about the request: it is sent again. */
export const unlessOverloaded = async (send: () => Promise<Answer>): Promise<Answer> => {
  for (const deadline = Date.now() + PATIENCE_MS; ;) {
    const answer = await send();
    if (answer.status !== 503 || answer.body?.code !== 'OVERLOADED' || Date.now() > deadline) return answer;
    await delay(RETRY_MS);
  }
};

/** Where they find it, and their tokens. */
export interface Service {
  readonly url: string;
  token(person: string): Promise<string>;
}

/** Somebody new, of whom nothing is known but who they are. @param more what else is said, or said otherwise */
export const somebody = (family: string, more: object = {}): object => ({
  name: { family, given: ['Robin'], prefix: [] },
  birthDate: '1970-04-05',
  sexAtBirth: 'female',
  telecom: [],
  address: [],
  interpreter: false,
  identifiers: [],
  ...more,
});

/** Somebody signed in. Their reads see their own writes. */
export class Person {
  #seen: string | undefined;

  constructor(
    private readonly fascia: Service,
    readonly name: string,
  ) {}

  /** Up to where they were told: who reads what they wrote names it. */
  get seen(): string | undefined {
    return this.#seen;
  }

  /** As a careful client: what is answered with 503 is sent again, with the same key. */
  async insists(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    for (const deadline = Date.now() + PATIENCE_MS; ;) {
      const answer = await this.send(method, path, body, headers);
      if (answer.status !== 503 || Date.now() > deadline) return answer;
      await delay(RETRY_MS);
    }
  }

  /** Once, but for an overloaded machine's "not now", which says nothing about the request. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return unlessOverloaded(() => this.#sendOnce(method, path, body, headers));
  }

  async #sendOnce(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> {
    const response = await fetch(`${this.fascia.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.fascia.token(this.name)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' && this.#seen !== undefined ? { 'fascia-at-least': this.#seen } : {}),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : {
            body:
              typeof body === 'string' || body instanceof Uint8Array
                ? (body as string)
                : JSON.stringify(body),
          }),
    });
    this.#seen = response.headers.get('fascia-position') ?? this.#seen;
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as unknown) : text,
    };
  }

  get(path: string, headers?: Record<string, string>): Promise<Answer> {
    return this.insists('GET', path, undefined, headers);
  }

  /** A command that must be taken. @returns its answer */
  async does(path: string, body?: unknown, key: string = randomUUID()): Promise<Answer['body']> {
    const answer = await this.insists('POST', path, body ?? {}, { 'idempotency-key': key });
    if (answer.status !== 200 && answer.status !== 201)
      throw new Error(`${this.name} ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Waits until they can be asked about. @returns the id */
  async registers(family: string): Promise<string> {
    const { id } = (await this.does('/api/v1/patients', somebody(family))) as { id: string };
    await until(async () => (await this.get(`/api/v1/patients/${id}`)).status === 200, {
      deadlineMs: PATIENCE_MS,
      message: 'the patient is not there',
    });
    return id;
  }

  /** A scan of a patient, as whoever refers to it names it. */
  async files(patientId: string): Promise<{ readonly documentId: string; readonly sha256: string }> {
    const { status, body } = await this.insists(
      'POST',
      `/api/v1/documents?patientId=${patientId}&kind=imaging-report`,
      Buffer.from('%PDF-1.7\n'),
      { 'content-type': 'application/pdf' },
    );
    if (status !== 201) throw new Error(`a scan was not filed: ${String(status)} ${JSON.stringify(body)}`);
    const { id, sha256 } = body as { id: string; sha256: string };
    return { documentId: id, sha256 };
  }

  /** What is asked of this person and their organisation about a referral. */
  async tasks(referralId: string): Promise<readonly string[]> {
    const { body } = await this.get(`/api/v1/tasks?view=inbox&referralId=${referralId}`);
    return (body.items as { type: string }[]).map((task) => task.type).toSorted();
  }

  /** Waits for a care task that a process manager creates. */
  async isAskedFor(type: string, referralId: string): Promise<void> {
    let last: readonly string[] = [];
    await until(async () => (last = await this.tasks(referralId)).includes(type), {
      deadlineMs: PATIENCE_MS,
      message: () => `${this.name} is not asked for ${type}, only for ${last.join(', ') || 'nothing'}`,
    });
  }

  async isNoLongerAskedFor(type: string, referralId: string): Promise<void> {
    await until(async () => !(await this.tasks(referralId)).includes(type), {
      deadlineMs: PATIENCE_MS,
      message: () => `${this.name} is still asked for ${type}`,
    });
  }
}
