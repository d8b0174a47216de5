/**
 * Whether a billing code counts one-to-one time in units of 15 minutes (docs/domain/session.md#codes). Numbers only: the words
 * of CPT are licensed by the AMA. Another table, such as a payer's or next year's, has the same form.
 */
export const TIMINGS = ['timed', 'untimed'] as const;

/** `timed`: units are counted from its minutes. `untimed`: once a visit, however long it takes. */
export type Timing = (typeof TIMINGS)[number];

/** Five characters: digits, a letter first (HCPCS level II) or last (category III). */
const CODE = /^(?:\d{5}|[A-Z]\d{4}|\d{4}[A-Z])$/;

const textIn = (file: object, name: string): string => {
  const found: unknown = Object.entries(file).find(([key]) => key === name)?.[1];
  if (typeof found !== 'string' || found === '') throw new Error(`a table of service codes has its ${name}`);
  return found;
};

const codesIn = (file: object, timing: Timing): readonly string[] => {
  const found: unknown = Object.entries(file).find(([key]) => key === timing)?.[1];
  if (!Array.isArray(found)) throw new Error(`a table of service codes lists those that are ${timing}`);
  return found.map((code: unknown) => {
    if (typeof code === 'string' && CODE.test(code)) return code;
    throw new Error(`no service code: ${JSON.stringify(code)}`);
  });
};

export class ServiceCodes {
  private readonly timings: ReadonlyMap<string, Timing>;

  private constructor(
    readonly version: string,
    readonly source: string,
    rows: readonly (readonly [string, Timing])[],
  ) {
    this.timings = new Map(rows);
    if (this.timings.size !== rows.length) throw new Error('a service code is named twice');
  }

  /** @param text JSON with `version`, `source`, `timed` and `untimed`. @throws naming what is wrong with it */
  static parse(text: string): ServiceCodes {
    const file: unknown = JSON.parse(text);
    if (typeof file !== 'object' || file === null) throw new Error('a table of service codes is an object');
    const rows = TIMINGS.flatMap((timing) => codesIn(file, timing).map((code) => [code, timing] as const));
    return new ServiceCodes(textIn(file, 'version'), textIn(file, 'source'), rows);
  }

  /** @returns nothing for what the table does not have. */
  timingOf(code: string): Timing | undefined {
    return this.timings.get(code);
  }

  of(timing: Timing): readonly string[] {
    return [...this.timings].filter(([, has]) => has === timing).map(([code]) => code);
  }
}
