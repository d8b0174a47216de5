/**
 * The service as the screens speak to it: a token in a header, the role in which somebody acts, the position of the last own write,
 * so that what was just saved is in the next list. Nothing here is stored in the browser.
 */
import { KEY_REUSED, problemOf, Unreachable, type Problem } from './problem.js';

/** How a person is known to the service. */
export interface Credentials {
  /** Valid for a while yet. @throws where nobody is signed in any more */
  token(): Promise<string>;
  /** The service takes the token no more. */
  refused(): Promise<string>;
  /** As `GET /api/v1/me` names it; the first that may when absent. */
  readonly role?: string | undefined;
}

export interface Written {
  readonly id: string;
  readonly version: number;
  readonly position: string;
  readonly state: string;
}

export interface Read<T> {
  readonly body: T;
  /** How many things are held back by a fault and may be missing. */
  readonly lacking: number;
}

const POSITION = 'Fascia-Position';
const AT_LEAST = 'Fascia-At-Least';
const INCOMPLETE = 'Fascia-Incomplete';
const ROLE = 'Fascia-Role';
const ON_BEHALF_OF = 'Fascia-On-Behalf-Of';

/** How long one's own write is asked for: lists have long caught up by then. */
const OWN_WRITES_MS = 30_000;

/** What is not answered for so long will not be: it is asked again, or sent again under the same key. */
const SILENT_MS = 30_000;

/** @throws Unreachable where it ends in the middle */
const bodyOf = async <T>(response: Response): Promise<T> => {
  try {
    return (await response.json()) as T;
  } catch (cause) {
    throw new Unreachable('half an answer', { cause });
  }
};

const isSilence = ({ reason }: AbortSignal): boolean =>
  reason instanceof DOMException && reason.name === 'TimeoutError';

const patient = (signal?: AbortSignal): AbortSignal => {
  const silent = AbortSignal.timeout(SILENT_MS);
  return signal === undefined ? silent : AbortSignal.any([signal, silent]);
};

export class Service {
  readonly #credentials: Credentials;
  /** Of keys that stand for something else already: what is sent in their place. */
  readonly #keys = new Map<string, string>();
  #written: { readonly position: string; readonly at: number } | undefined;

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  async read<T>(path: string, signal?: AbortSignal): Promise<Read<T>> {
    const response = await this.#send(path, { signal: patient(signal) }, this.#ownWrites());
    if (!response.ok) throw await this.#saidNo(response);
    return {
      body: await bodyOf<T>(response),
      lacking: Number(response.headers.get(INCOMPLETE) ?? 0),
    };
  }

  /** A question in a body: it may be asked again, and changes nothing. @param onBehalfOf for whom a delegate asks */
  async search<T>(path: string, body: unknown, signal: AbortSignal, onBehalfOf?: string): Promise<T> {
    const init = { method: 'POST', body: JSON.stringify(body), signal: patient(signal) };
    const response = await this.#send(path, init, {
      'content-type': 'application/json',
      ...(onBehalfOf === undefined ? {} : { [ON_BEHALF_OF]: onBehalfOf }),
      ...this.#ownWrites(),
    });
    if (!response.ok) throw await this.#saidNo(response);
    return bodyOf<T>(response);
  }

  /**
   * @param key the same for the same intention: what is sent twice is done once. Where something else was sent with it before, of which
   * only the answer was lost, that is said; sent after that, it is a new intention
   * @param ifVersion that was seen last: of another one nothing is done
   */
  write<T extends object = Written>(
    path: string,
    body: unknown,
    key: string,
    ifVersion?: number,
  ): Promise<T> {
    return this.#done(path, { method: 'POST', body: JSON.stringify(body), signal: patient() }, key, {
      'content-type': 'application/json',
      ...(ifVersion === undefined ? {} : { 'if-match': `"${ifVersion}"` }),
    });
  }

  /** A file as it is: what it is, its first bytes say. @param key as of `write` */
  file<T extends object>(path: string, bytes: Blob, key: string): Promise<T> {
    const headers = { 'content-type': 'application/octet-stream' };
    return this.#done(path, { method: 'POST', body: bytes }, key, headers);
  }

  /** A file, to be saved. */
  async bytes(path: string): Promise<Blob> {
    const response = await this.#send(path, {}, { accept: '*/*', ...this.#ownWrites() });
    if (!response.ok) throw await this.#saidNo(response);
    return response.blob();
  }

  /** Beside the log: what is put again replaces what was there. */
  async put<T>(path: string, body: unknown): Promise<T> {
    const init = { method: 'PUT', body: JSON.stringify(body), signal: patient() };
    const response = await this.#send(path, init, { 'content-type': 'application/json' });
    if (!response.ok) throw await problemOf(response);
    return bodyOf<T>(response);
  }

  async remove(path: string): Promise<void> {
    const response = await this.#send(path, { method: 'DELETE', signal: patient() }, {});
    if (!response.ok) throw await problemOf(response);
  }

  /** A stream of events, as long as it lasts. @param bytes a file that takes long: how far it is */
  async listen(
    path: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    bytes?: Blob,
  ): Promise<Response> {
    const init = { signal, ...(bytes && { method: 'POST', body: bytes }) };
    const response = await this.#send(path, init, { accept: 'text/event-stream', ...headers });
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  async #done<T>(
    path: string,
    init: RequestInit,
    key: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<T> {
    const keyed = { ...headers, 'idempotency-key': this.#keys.get(key) ?? key };
    const response = await this.#send(path, init, keyed);
    if (!response.ok) {
      const problem = await problemOf(response);
      if (problem.code === KEY_REUSED) this.#keys.set(key, crypto.randomUUID());
      throw problem;
    }
    const position = response.headers.get(POSITION);
    if (position !== null) this.wrote(position);
    return bodyOf<T>(response);
  }

  /** @param position of a write of one's own, as the service names it */
  wrote(position: string): void {
    this.#written = { position, at: performance.now() };
  }

  #ownWrites(): Readonly<Record<string, string>> {
    const written = this.#written;
    if (written === undefined || performance.now() - written.at > OWN_WRITES_MS) return {};
    return { [AT_LEAST]: written.position };
  }

  async #send(path: string, init: RequestInit, headers: Readonly<Record<string, string>>): Promise<Response> {
    const { role } = this.#credentials;
    const ask = async (token: string): Promise<Response> => {
      try {
        return await fetch(`/api/v1/${path}`, {
          ...init,
          cache: 'no-store',
          headers: {
            accept: 'application/json',
            ...headers,
            authorization: `Bearer ${token}`,
            ...(role === undefined ? {} : { [ROLE]: role }),
          },
        });
      } catch (error) {
        if (init.signal?.aborted === true && !isSilence(init.signal)) throw error;
        throw new Unreachable('no answer', { cause: error });
      }
    };
    const first = await ask(await this.#credentials.token());
    return first.status === 401 ? ask(await this.#credentials.refused()) : first;
  }

  /** A position of another epoch, after a restore, is asked for no more. */
  async #saidNo(response: Response): Promise<Problem> {
    const problem = await problemOf(response);
    if (problem.code === 'POSITION_INVALID') this.#written = undefined;
    return problem;
  }
}
