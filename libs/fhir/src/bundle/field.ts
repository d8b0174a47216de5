/**
 * Reads JSON of unknown shape field by field. What is wrong is noted with its JSON pointer and reading goes
 * on, so that one report names everything that is wrong with a resource.
 */
import { isPartialDate, normalLine, textFault } from '@fascia/kernel/contract';
import { isDateTime } from './date.js';

export interface Fault {
  readonly pointer: string;
  readonly why: string;
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A URL, a code, a sentence of a source: what is longer is none. */
const LONGEST = 2000;

const TEXT_FAULTS = {
  empty: 'text is expected',
  long: 'longer than can be kept',
  control: 'holds control characters',
  hidden: 'holds characters that hide something',
} as const;

/** A list's members. */
type Each<T> = T extends readonly (infer Member)[] ? Member : never;

/** @typeParam T what FHIR says may stand there: it names fields, it promises nothing; what stands there is not known */
export class Field<T = unknown> {
  constructor(
    private readonly value: unknown,
    readonly pointer: string,
    private readonly faults: Fault[],
  ) {}

  private isToldNoObject = false;

  /** As parsed, to be read under another list of faults. */
  get raw(): unknown {
    return this.value;
  }

  get isPresent(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The same, whose faults are noted elsewhere: there they cost less, or nothing. */
  noting(faults: Fault[]): Field<T> {
    return new Field<T>(this.value, this.pointer, faults);
  }

  fault(why: string): void {
    this.faults.push({ pointer: this.pointer, why });
  }

  /** The value when it is good, else nothing and a fault. */
  private checked<T>(value: T, isGood: boolean, why: string): T | undefined {
    if (!isGood) this.fault(why);
    return isGood ? value : undefined;
  }

  /** The value by the names of another type, as its `resourceType` says. */
  readAs<Other>(): Field<Other> {
    return new Field<Other>(this.value, this.pointer, this.faults);
  }

  /** A member of an object; absent where there is no object. */
  at<Key extends keyof T & string>(key: Key): Field<NonNullable<T[Key]>> {
    if (this.isPresent && !isRecord(this.value) && !this.isToldNoObject) {
      this.isToldNoObject = true;
      this.fault('an object is expected');
    }
    const member = isRecord(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return new Field(member, `${this.pointer}/${escaped(key)}`, this.faults);
  }

  /** Members of an array; none where there is no array. */
  each(): readonly Field<Each<T>>[] {
    if (!this.isPresent) return [];
    if (!Array.isArray(this.value)) {
      this.fault('an array is expected');
      return [];
    }
    return this.value.map(
      (member: unknown, index) => new Field(member, `${this.pointer}/${String(index)}`, this.faults),
    );
  }

  /** Text on one line as every door takes it (`line` of the kernel's words): composed, trimmed, nothing hidden. */
  text(max = LONGEST): string | undefined {
    if (!this.isPresent) return undefined;
    if (typeof this.value !== 'string') {
      this.fault(TEXT_FAULTS.empty);
      return undefined;
    }
    const text = normalLine(this.value);
    const fault = textFault(text, max, 'one');
    return this.checked(text, fault === undefined, TEXT_FAULTS[fault ?? 'empty']);
  }

  /** Members of a list of short texts; what stands behind the most that can be kept is left, by name. */
  atMost<Member>(members: readonly Member[], most: number, left: Fault[]): readonly Member[] {
    if (members.length > most)
      left.push({ pointer: this.pointer, why: `more than ${String(most)}: the first of them are taken` });
    return members.slice(0, most);
  }

  boolean(): boolean | undefined {
    if (!this.isPresent) return undefined;
    if (typeof this.value === 'boolean') return this.value;
    this.fault('true or false is expected');
    return undefined;
  }

  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and a day that exists. */
  date(): string | undefined {
    const text = this.text();
    return text === undefined ? undefined : this.checked(text, isPartialDate(text), 'not a date that exists');
  }

  /** The date in a FHIR dateTime, as its source's clock and calendar showed it. */
  dateOfDateTime(): string | undefined {
    const text = this.text();
    return text === undefined
      ? undefined
      : this.checked(text.slice(0, 10), isDateTime(text), 'not a date or time that exists');
  }

  /** Notes that a field which we cannot do without is missing. */
  required<T>(value: T | undefined): T | undefined {
    if (value === undefined && !this.isPresent) this.fault('missing');
    return value;
  }
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what has no value: an absent field is absent, not undefined. */
export const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
