/** Walks over JSON text and finds what a parser would let pass. Grammar itself is the parser's to judge. */
import { StrictJsonError, type JsonFault, type JsonLimits } from './strict-json.faults.js';
import { isExactNumber } from './strict-json.number.js';

interface Frame {
  /** Of an object: the names so far. Absent: an array. */
  readonly keys?: Set<string>;
  at: string | number;
  expectsKey: boolean;
}

/**
 * Names that mean something to JavaScript objects themselves: whose they are, and how they are compared. Of a `length` whose `toString`
 * is a text, whoever compares it with a number gets an exception.
 */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype', 'toString', 'valueOf']);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LONGEST_POINTER = 200;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[a-z]+/y;

export class JsonScan {
  readonly #stack: Frame[] = [];
  #index = 0;
  #values = 0;

  /** @param tell takes what is wrong with one name or value, and the scan goes on; without it the first such ends the scan */
  constructor(
    private readonly text: string,
    private readonly limits: JsonLimits,
    private readonly tell?: (fault: StrictJsonError) => void,
  ) {}

  run(): void {
    while (this.#index < this.text.length) this.#step(this.text.charAt(this.#index));
  }

  #step(char: string): void {
    switch (char) {
      case '"':
        return this.#string();
      case '{':
        return this.#open({ keys: new Set(), at: '', expectsKey: true });
      case '[':
        return this.#open({ at: 0, expectsKey: false });
      case '}':
      case ']':
        this.#index += 1;
        if (this.#stack.pop() === undefined) throw this.#fault('JSON_MALFORMED');
        return;
      case ',':
        return this.#comma();
      default:
        return this.#scalarOrSpace(char);
    }
  }

  #open(frame: Frame): void {
    this.#count();
    this.#index += 1;
    if (this.#stack.length >= this.limits.depth) throw this.#fault('JSON_TOO_DEEP');
    this.#stack.push(frame);
  }

  #comma(): void {
    this.#index += 1;
    const frame = this.#stack.at(-1);
    if (frame === undefined) throw this.#fault('JSON_MALFORMED');
    if (typeof frame.at === 'number') frame.at += 1;
    else frame.expectsKey = true;
  }

  #scalarOrSpace(char: string): void {
    const token =
      char === '-' || (char >= '0' && char <= '9') ? NUMBER : char >= 'a' && char <= 'z' ? WORD : undefined;
    if (token === undefined) {
      this.#index += 1;
      return;
    }
    this.#count();
    token.lastIndex = this.#index;
    const [raw] = token.exec(this.text) ?? [];
    if (raw === undefined) throw this.#fault('JSON_MALFORMED');
    this.#index += raw.length;
    if (token === NUMBER && !isExactNumber(raw)) this.#wrong('JSON_BAD_NUMBER');
  }

  #string(): void {
    const start = this.#index;
    let end = start + 1;
    let escaped = false;
    for (let code = this.text.charCodeAt(end); code !== QUOTE; code = this.text.charCodeAt(end)) {
      if (Number.isNaN(code)) throw this.#fault('JSON_MALFORMED');
      if (code === BACKSLASH) escaped = true;
      end += code === BACKSLASH ? 2 : 1;
    }
    this.#index = end + 1;
    const frame = this.#stack.at(-1);
    if (frame?.keys !== undefined && frame.expectsKey)
      return this.#key(frame, frame.keys, this.#textOf(start, end, escaped));
    this.#count();
    this.#textOf(start, end, escaped);
  }

  #key(frame: Frame, keys: Set<string>, key: string): void {
    frame.at = key;
    frame.expectsKey = false;
    if (FORBIDDEN.has(key)) this.#wrong('JSON_FORBIDDEN_KEY');
    if (keys.has(key)) this.#wrong('JSON_DUPLICATE_KEY');
    keys.add(key);
    if (keys.size > this.limits.keysPerObject) throw this.#fault('JSON_TOO_LARGE');
  }

  /** Bytes were valid UTF-8, so only an escape can bring a lone surrogate or a NUL. */
  #textOf(start: number, end: number, escaped: boolean): string {
    if (!escaped) return this.text.slice(start + 1, end);
    let text: unknown;
    try {
      text = JSON.parse(this.text.slice(start, end + 1));
    } catch {
      throw this.#fault('JSON_MALFORMED');
    }
    if (typeof text !== 'string') throw this.#fault('JSON_MALFORMED');
    if (!text.isWellFormed() || text.includes('\u0000')) this.#wrong('JSON_BAD_TEXT');
    return text;
  }

  #count(): void {
    this.#values += 1;
    if (this.#values > this.limits.values) throw this.#fault('JSON_TOO_LARGE');
  }

  /** Of one name or value: what stands around it can be read all the same. */
  #wrong(code: JsonFault): void {
    const fault = this.#fault(code);
    if (this.tell === undefined) throw fault;
    this.tell(fault);
  }

  #fault(code: JsonFault): StrictJsonError {
    if (code === 'JSON_MALFORMED') return new StrictJsonError(code);
    const pointer = this.#stack
      .map(({ at }) => `/${String(at).replace(/~/g, '~0').replace(/\//g, '~1')}`)
      .join('');
    return new StrictJsonError(code, pointer.slice(0, LONGEST_POINTER).toWellFormed());
  }
}
