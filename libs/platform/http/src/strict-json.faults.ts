/** What the strict reader refuses, and how it says so: without quoting the input. */

export interface JsonLimits {
  readonly bytes: number;
  readonly depth: number;
  /** Objects, arrays and scalars together. */
  readonly values: number;
  readonly keysPerObject: number;
}

export type JsonFault =
  | 'JSON_MALFORMED'
  | 'JSON_TOO_DEEP'
  | 'JSON_TOO_LARGE'
  | 'JSON_DUPLICATE_KEY'
  | 'JSON_FORBIDDEN_KEY'
  | 'JSON_BAD_TEXT'
  | 'JSON_BAD_NUMBER';

const SENTENCES: Readonly<Record<JsonFault, string>> = {
  JSON_MALFORMED: 'This is not JSON. Check quotes, commas and brackets.',
  JSON_TOO_DEEP: 'The JSON is nested too deeply.',
  JSON_TOO_LARGE: 'The JSON is too large. Send it in smaller parts.',
  JSON_DUPLICATE_KEY: 'A name appears twice in one object. Keep one of them.',
  JSON_FORBIDDEN_KEY: 'This name cannot be used in an object.',
  JSON_BAD_TEXT: 'The text is not valid Unicode, or holds a NUL character or a byte order mark.',
  JSON_BAD_NUMBER:
    'This number cannot be kept exactly. Use fewer digits, or send it as text if it is an identifier.',
};

export class StrictJsonError extends Error {
  override readonly name = 'StrictJsonError';

  /** @param pointer where, as far as that is known. */
  constructor(
    readonly code: JsonFault,
    readonly pointer?: string,
  ) {
    super(SENTENCES[code]);
  }
}
