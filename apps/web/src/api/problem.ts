/** What the service answers where it says no (RFC 9457). */
type About = Readonly<Record<string, string | number | readonly string[]>>;

export interface ProblemDocument {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  /** A sentence a person can act on. */
  readonly detail: string;
  /** `urn:uuid:…` of the request. */
  readonly instance?: string;
  /** Codes and ids that it is about. */
  readonly about?: About;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  /** Where several rules say no: all of them. */
  readonly refusals?: readonly {
    readonly code: string;
    readonly title: string;
    readonly detail: string;
    readonly about?: About;
  }[];
}

/** A key stands for something else that was sent: its answer did not come, and it was edited since. */
export const KEY_REUSED = 'IDEMPOTENCY_KEY_REUSED';

export class Problem extends Error {
  override readonly name = 'Problem';
  /** @param retryAfterMs as the service asks to wait, where the same request may go well later */
  constructor(
    readonly document: ProblemDocument,
    readonly retryAfterMs?: number,
  ) {
    super(document.detail);
  }

  get status(): number {
    return this.document.status;
  }

  get code(): string {
    return this.document.code;
  }
}

/** Nothing came back: whether it was done is not known, and asking the same again with the same key is safe. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const isProblem = (body: unknown): body is ProblemDocument =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body;

const SECOND_MS = 1_000;

export const problemOf = async (response: Response): Promise<Problem> => {
  const { status, statusText, headers } = response;
  const body: unknown = await response.json().catch(() => undefined);
  const after = headers.get('retry-after');
  return new Problem(
    isProblem(body)
      ? { ...body, status }
      : { status, code: `HTTP_${status}`, title: statusText, detail: statusText },
    after === null ? undefined : Number(after) * SECOND_MS,
  );
};

const GONE = new Set([403, 404]);

/** It is not there any more, or not for whoever asks: what was answered before is not theirs to see either. */
export const isGone = (error: Error | null): boolean => error instanceof Problem && GONE.has(error.status);

/** Also of what stands between this page and the service. */
const BUSY = new Set([429, 502, 503, 504]);
/** What could not be answered now is asked again by itself, for as long as somebody looks at it. */
export const AGAIN_MS = 5_000;
const TRIES = 4;
const FIRST_WAIT_MS = 400;

/** Whether the very same request may go well a moment later: a query, or a command under the same key. */
export const maySucceedLater = (error: Error): boolean =>
  error instanceof Unreachable ||
  (error instanceof Problem && (BUSY.has(error.status) || error.code === 'POSITION_INVALID'));

export const mayGoWell = (tried: number, error: Error): boolean => tried < TRIES && maySucceedLater(error);

export const waitFor = (tried: number, error: Error): number =>
  (error instanceof Problem ? error.retryAfterMs : undefined) ?? FIRST_WAIT_MS * 2 ** tried;

/** What refusals say is missing of a draft: the last parts of pointers such as `/content/sites`, each once. */
export const missingOf = (refusals: readonly { readonly about?: About }[]): readonly string[] => {
  const missing = refusals.flatMap(({ about }) => about?.['missing'] ?? []);
  return [...new Set(missing.map((pointer) => String(pointer).split('/').at(-1) ?? ''))];
};

export const missingIn = (error: Error | null): readonly string[] =>
  error instanceof Problem ? missingOf([error.document, ...(error.document.refusals ?? [])]) : [];
