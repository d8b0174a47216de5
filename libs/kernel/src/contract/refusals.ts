/** A rule's "no": which codes a context has, and which HTTP status and title each of them gets. */

/** A stable code, and a sentence a person can act on (which rule, who can, what next). */
export interface Refusal<Code extends string> {
  readonly code: Code;
  readonly detail: string;
  /** JSON pointer (RFC 6901) into the command's body, when one field is to blame. */
  readonly pointer?: string;
  /** Codes and ids only: refusals are logged and answered, so no personal data. */
  readonly about?: Readonly<Record<string, string | number | readonly string[]>>;
  /** What else stands in the way, so that everything is put right at once. */
  readonly also?: readonly Refusal<Code>[];
}

export type AnyRefusal = Refusal<string>;

/**
 * 409 is a rule about the state of things (another moment or another person may get a yes), 422 is content that no state would
 * make right, 403 is who asks, 404 what is not there.
 */
export type RefusalStatus = 403 | 404 | 409 | 422;

export interface RefusalRow {
  readonly status: RefusalStatus;
  readonly title: string;
}

export type Refusals<Code extends string = string> = Readonly<Record<Code, RefusalRow>>;

type Titles = { readonly [S in RefusalStatus]?: Readonly<Record<string, string>> };
type CodesOf<T extends Titles> = { [S in keyof T]: keyof T[S] & string }[keyof T];

/** The codes of a context by status, each with its title. */
export const refusals = <const T extends Titles>(titles: T): Refusals<CodesOf<T>> =>
  Object.fromEntries(
    Object.entries(titles).flatMap(([status, rows]) =>
      Object.entries(rows).map(([code, title]) => [code, { status: Number(status), title }]),
    ),
  ) as unknown as Refusals<CodesOf<T>>;

type More<Code extends string> = Omit<Refusal<Code>, 'code' | 'detail'>;

/** The way a context says no: only with codes that it has, or that it takes from the contexts it stands on. */
export const refusing =
  <Code extends string>() =>
  (
    code: Code,
    detail: string,
    more: More<Code> = {},
  ): { readonly ok: false; readonly refusal: Refusal<Code> } => ({
    ok: false,
    refusal: { code, detail, ...more },
  });

/** Several reasons at once: the first is the answer, and the others are told with it. @returns nothing where there are none */
export const allTold = <Code extends string>([first, ...also]: readonly Refusal<Code>[]):
  Refusal<Code> | undefined => (first === undefined || also.length === 0 ? first : { ...first, also });
