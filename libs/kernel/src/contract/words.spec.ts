import { z } from 'zod';
import {
  amount,
  body,
  code,
  day,
  either,
  flag,
  id,
  instant,
  line,
  lineOrEmpty,
  list,
  partialDay,
  shape,
  text,
  whole,
} from './words.js';

const jsonOf = (schema: z.ZodType): unknown => z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });

const faultsOf = (schema: z.ZodType, value: unknown): readonly string[] | undefined =>
  schema.safeParse(value).error?.issues.map(({ message }) => message);

const ID = '0f0f0f0f-0000-4000-8000-000000000001';
const COUNTRIES = Array.from({ length: 31 }, (_nothing, index) => `C${String(index)}`);

interface Word {
  readonly schema: z.ZodType;
  readonly takes: readonly unknown[];
  readonly refuses: readonly unknown[];
  readonly says: string;
  readonly json: object;
}

const WORDS: Readonly<Record<string, Word>> = {
  lineOrEmpty: {
    schema: lineOrEmpty(5),
    takes: ['abcde', ''],
    refuses: ['abcdef', 'a\nb', 7],
    says: 'must be text of at most 5 characters on one line, without control characters',
    json: { type: 'string', maxLength: 5 },
  },
  id: {
    schema: id('Whose.'),
    takes: [ID],
    refuses: [ID.toUpperCase(), ` ${ID}`, 'x', ''],
    says: 'must be an id (a lower-case UUID)',
    json: { type: 'string', format: 'uuid', description: 'Whose.' },
  },
  day: {
    schema: day(),
    takes: ['2026-04-01', '2024-02-29'],
    refuses: ['2026-02-30', '2026-04-01T00:00:00Z', ''],
    says: 'must be a date that exists, written as 2026-04-01',
    json: { type: 'string', format: 'date' },
  },
  partialDay: {
    schema: partialDay(),
    takes: ['1980', '1980-05', '1980-05-04'],
    refuses: ['1980-02-30', '0000', '20000101', ''],
    says: 'must be a date that exists, written as 2026, 2026-04 or 2026-04-01',
    json: { type: 'string', pattern: '^(\\d{4}(-\\d{2}(-\\d{2})?)?)$' },
  },
  'partialDay, or unknown': {
    schema: partialDay(undefined, 'unknown'),
    takes: ['1980', 'unknown'],
    refuses: ['nobody', '1980-13', ''],
    says: 'must be a date that exists, written as 2026, 2026-04 or 2026-04-01, or "unknown"',
    json: { type: 'string', pattern: '^(\\d{4}(-\\d{2}(-\\d{2})?)?|unknown)$' },
  },
  instant: {
    schema: instant(),
    takes: ['2026-04-01T09:30:00.000Z'],
    refuses: ['2026-04-01T09:30:00', '2026-04-01', 'now'],
    says: 'must be a moment with its zone, written as 2026-04-01T09:30:00Z or 2026-04-01T11:30:00+02:00',
    json: { type: 'string', format: 'date-time' },
  },
  line: {
    schema: line(5),
    takes: ['a', 'abcde', '🙂🙂🙂🙂🙂'],
    refuses: ['', '  ', 'a\nb', 'abcdef', '\u0000'],
    says: 'must be text of 1 to 5 characters on one line, without control characters',
    json: { type: 'string', minLength: 1, maxLength: 5 },
  },
  'line with a pattern': {
    schema: line(10, 'Ten digits.', /^\d{10}$/),
    takes: ['1234567893'],
    refuses: ['123', '123456789x'],
    says: 'must be text of 1 to 10 characters on one line, without control characters, matching ^\\d{10}$',
    json: { type: 'string', minLength: 1, maxLength: 10, pattern: '^\\d{10}$', description: 'Ten digits.' },
  },
  text: {
    schema: text(5),
    takes: ['a\nb', 'a\tb'],
    refuses: ['', 'abcdef', 'a\u0007'],
    says: 'must be text of 1 to 5 characters, without control characters',
    json: { type: 'string', minLength: 1, maxLength: 5 },
  },
  code: {
    schema: code(['left', 'right'], 'Of the body.'),
    takes: ['left'],
    refuses: ['Left', 'toString', ''],
    says: 'must be one of: left, right',
    json: { type: 'string', enum: ['left', 'right'], description: 'Of the body.' },
  },
  'code of a long list': {
    schema: code(COUNTRIES),
    takes: ['C30'],
    refuses: ['C31'],
    says: 'must be a code of the published list',
    json: { type: 'string', enum: COUNTRIES },
  },
  whole: {
    schema: whole(1, 60),
    takes: [1, 60],
    refuses: [0, 61, 1.5, '7', 1e21, Number.NaN],
    says: 'must be a whole number from 1 to 60',
    json: { type: 'integer', minimum: 1, maximum: 60 },
  },
  amount: {
    schema: amount(0, 1.5, 'In metres.'),
    takes: [0, 0.25, 1.5],
    refuses: [-0.1, 1.6, '1', Infinity],
    says: 'must be a number from 0 to 1.5',
    json: { type: 'number', minimum: 0, maximum: 1.5, description: 'In metres.' },
  },
  flag: {
    schema: flag(),
    takes: [true, false],
    refuses: ['true', 0],
    says: 'must be true or false',
    json: { type: 'boolean' },
  },
  list: {
    schema: list(whole(1, 9), { min: 1, max: 2 }),
    takes: [[1], [1, 2]],
    refuses: [[], [1, 2, 3], { 0: 1 }],
    says: 'must be a list of 1 to 2 items',
    json: { type: 'array', minItems: 1, maxItems: 2, items: { type: 'integer', minimum: 1, maximum: 9 } },
  },
  'list without a least': {
    schema: list(flag(), { max: 2 }),
    takes: [[], [true]],
    refuses: [[true, true, true]],
    says: 'must be a list of 0 to 2 items',
    json: { type: 'array', maxItems: 2, items: { type: 'boolean' } },
  },
  body: {
    schema: body({ urgent: flag(), late: flag().optional() }),
    takes: [{ urgent: true }, { urgent: true, late: false }],
    refuses: [[], 'x', { urgent: true, lat: true }],
    says: 'must be an object',
    json: {
      type: 'object',
      properties: { urgent: { type: 'boolean' }, late: { type: 'boolean' } },
      required: ['urgent'],
      additionalProperties: false,
    },
  },
};

describe.each(Object.entries(WORDS))('the word %s', (_name, { schema, takes, refuses, says, json }) => {
  it('takes what it says, as it is', () => {
    for (const value of takes) expect(schema.parse(value)).toEqual(value);
  });

  it('refuses everything else in one sentence', () => {
    for (const value of [...refuses, null, undefined])
      expect({ value, says: [...new Set(faultsOf(schema, value))] }).toEqual({ value, says: [says] });
  });

  it('describes itself', () => {
    expect(jsonOf(schema)).toEqual(json);
  });
});

describe('a text that hides something', () => {
  it.each([line(20), text(20)])('is told why, for nobody sees it', (schema) => {
    expect(faultsOf(schema, 'An\u200bna')).toEqual([
      'must not hold characters that take no room or turn others around (zero width, soft hyphen, bidirectional override)',
    ]);
  });
});

describe('one spelling', () => {
  it.each([
    ['a line', line(20), '  Cafe\u0301 ', 'Caf\u00e9'],
    ['a text', text(20), 'one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['a moment', instant(), '2026-04-01T11:30:00+02:00', '2026-04-01T09:30:00.000Z'],
  ] as const)('is made of %s', (_what, schema, given, kept) => {
    expect(schema.parse(given)).toBe(kept);
    expect(schema.parse(kept)).toBe(kept);
  });

  it('is of the type that was given: nothing stands between what is checked and what is described', () => {
    const schema = body({ at: instant(), lines: list(line(9), { max: 3 }).optional() });
    const given: z.input<typeof schema> = { at: '2026-04-01T09:30:00Z' };
    const kept: z.output<typeof schema> = given;
    expect(jsonOf(schema)).toEqual(z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'output' }));
    expect(schema.parse(given)).not.toEqual(kept);
  });

  it('is made inside lists and objects as well', () => {
    const schema = body({ names: list(line(9), { max: 2 }), inner: body({ at: instant() }) });
    expect(schema.parse({ names: [' a '], inner: { at: '2026-04-01T09:30:00Z' } })).toEqual({
      names: ['a'],
      inner: { at: '2026-04-01T09:30:00.000Z' },
    });
  });
});

describe('null', () => {
  it('is never "absent"', () => {
    const schema = body({ note: text(20).optional() });
    expect(schema.safeParse({}).success).toBe(true);
    expect(faultsOf(schema, { note: null })).toEqual([
      'must be text of 1 to 20 characters, without control characters',
    ]);
  });
});

describe('a shape', () => {
  const site = shape('SpecSite', { side: code(['left', 'right']) });

  it('is described once under its name, wherever it stands', () => {
    const place = { $ref: '#/definitions/SpecSite' };
    expect(jsonOf(body({ main: site, others: list(site, { max: 3 }) }))).toMatchObject({
      properties: { main: place, others: { items: place } },
      definitions: { SpecSite: { properties: { side: { enum: ['left', 'right'] } } } },
    });
  });

  it('judges as a body does', () => {
    expect(faultsOf(site, { side: 'left', extra: 1 })).toEqual(['must be an object']);
  });
});

describe('one of several kinds', () => {
  const schema = either('kind', [
    body({ kind: z.literal('visit'), count: whole(1, 9) }),
    body({ kind: z.literal('message') }),
  ]);

  it('is judged as the kind that it says it is', () => {
    expect(schema.parse({ kind: 'visit', count: 2 })).toEqual({ kind: 'visit', count: 2 });
    expect(faultsOf(schema, { kind: 'visit', count: 0 })).toEqual(['must be a whole number from 1 to 9']);
    expect(faultsOf(schema, { kind: 'message', count: 2 })).toHaveLength(1);
  });

  it('says when there is no such kind, and when it is no object', () => {
    expect(faultsOf(schema, { kind: 'letter' })).toEqual(['must be one of the kinds that there are']);
    expect(faultsOf(schema, 'visit')).toEqual(['must be an object']);
  });
});
