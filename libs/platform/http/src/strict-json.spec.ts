import fc from 'fast-check';
import type { JsonFault, JsonLimits } from './strict-json.faults.js';
import { StrictJsonError } from './strict-json.faults.js';
import { JSON_LIMITS, readLenientJson, readStrictJson } from './strict-json.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const read = (text: string, limits: Partial<JsonLimits> = {}): unknown => readStrictJson(bytes(text), limits);

const fault = (
  input: string | Uint8Array,
  limits: Partial<JsonLimits> = {},
): { code: JsonFault; pointer: string | undefined } | undefined => {
  try {
    readStrictJson(typeof input === 'string' ? bytes(input) : input, limits);
    return undefined;
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    return { code: error.code, pointer: error.pointer };
  }
};

describe('plain JSON', () => {
  it('is read as the engine reads it', () => {
    fc.assert(
      fc.property(fc.json({ depthSize: 'small' }), (text) => {
        const value = JSON.parse(text) as unknown;
        const found = fault(text);
        if (found === undefined) expect(read(text)).toEqual(value);
        else expect(['JSON_FORBIDDEN_KEY', 'JSON_BAD_TEXT', 'JSON_BAD_NUMBER']).toContain(found.code);
      }),
    );
  });

  it('keeps every language, the whole of Unicode, and ordinary prototypes', () => {
    const value = {
      name: 'محمد 🙂 שלום',
      note: 'a\nb\tc \u202e',
      list: [1, -0.5, 1e3, 1.1, 9007199254740991, true, null, ''],
    };
    const made = read(JSON.stringify(value));
    expect(made).toEqual(value);
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  });
});

describe('a name twice', () => {
  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"a":1,"a":1}', '/a'],
    ['{"a":{"b":[{},{"c":1,"\\u0063":2}]}}', '/a/b/1/c'],
    ['{"a/b":1,"a/b":2}', '/a~1b'],
  ])('in %s is found', (text, pointer) => {
    expect(fault(text)).toEqual({ code: 'JSON_DUPLICATE_KEY', pointer });
  });

  it('is found wherever it is put', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        (names, pick) => {
          const own = [...new Set(names)];
          const twice = own[pick % own.length] ?? '';
          const text = `{"outer":[{${[...own, twice].map((name) => `"${name}":"x"`).join(',')}}]}`;
          expect(fault(text)).toEqual({ code: 'JSON_DUPLICATE_KEY', pointer: `/outer/0/${twice}` });
        },
      ),
    );
  });

  it('in two objects is none', () => {
    expect(fault('[{"a":1},{"a":1,"b":{"a":1}}]')).toBeUndefined();
  });
});

describe('names of the language', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'valueOf'])(
    '%s is refused at any depth and under any spelling',
    (name) => {
      const escaped = [...name]
        .map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('');
      expect(fault(`{"a":[{"${name}":1}]}`)).toEqual({ code: 'JSON_FORBIDDEN_KEY', pointer: `/a/0/${name}` });
      expect(fault(`{"${escaped}":1}`)?.code).toBe('JSON_FORBIDDEN_KEY');
      expect(fault(`{"a":"${name}"}`)).toBeUndefined();
    },
  );
});

describe('bounds', () => {
  it('depth is allowed to the limit and not beyond', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(fault(nested(JSON_LIMITS.depth))).toBeUndefined();
    expect(fault(nested(JSON_LIMITS.depth + 1))?.code).toBe('JSON_TOO_DEEP');
    expect(fault(nested(64), { depth: 64 })).toBeUndefined();
    expect(fault('['.repeat(1_000_000), { bytes: 2_000_000 })?.code).toBe('JSON_TOO_DEEP');
    expect(fault('{"a":'.repeat(40))?.code).toBe('JSON_TOO_DEEP');
  });

  it('size, count of values and count of names are bounded', () => {
    expect(fault('"xxxx"', { bytes: 5 })?.code).toBe('JSON_TOO_LARGE');
    expect(fault('[1,2,3]', { values: 4 })).toBeUndefined();
    expect(fault('[1,2,3]', { values: 3 })?.code).toBe('JSON_TOO_LARGE');
    expect(fault('{"a":1,"b":2}', { keysPerObject: 1 })).toEqual({ code: 'JSON_TOO_LARGE', pointer: '/b' });
  });
});

describe('text', () => {
  it.each([
    ['"\\u0000"', ''],
    ['{"a":["x\\u0000"]}', '/a/0'],
    ['{"a":"\\ud83d"}', '/a'],
    ['{"a":"\\ude00\\ud83d"}', '/a'],
  ])('%s is refused', (text, pointer) => {
    expect(fault(text)).toEqual({ code: 'JSON_BAD_TEXT', pointer });
  });

  it('an escaped pair is a character; an escaped backslash hides nothing', () => {
    expect(read('"\\ud83d\\ude42"')).toBe('🙂');
    expect(read('"\\\\u0000 \\" ]"')).toBe('\\u0000 " ]');
  });

  it('a byte order mark and bytes that are no UTF-8 are refused', () => {
    expect(fault('\ufeff{}')?.code).toBe('JSON_BAD_TEXT');
    expect(fault(new Uint8Array([0x22, 0xc0, 0xaf, 0x22]))?.code).toBe('JSON_BAD_TEXT');
    expect(fault(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]))?.code).toBe('JSON_BAD_TEXT');
  });
});

describe('numbers', () => {
  it.each([
    '0',
    '-1',
    '1.5',
    '0.1',
    '1.10',
    '100',
    '1e2',
    '1E+2',
    '12.50e-1',
    '9007199254740991',
    '-9007199254740991',
    '0.30000000000000004',
    '1e-7',
  ])('%s is kept', (text) => {
    expect(read(text)).toBe(Number(text));
  });

  it.each([
    '9007199254740992',
    '12345678901234567890',
    '1e400',
    '-1e999',
    '1e300',
    '0.1234567890123456789',
    '1e-400',
    '1.00000000000000000001',
    '0.1e99999',
  ])('%s is refused', (text) => {
    expect(fault(text)).toEqual({ code: 'JSON_BAD_NUMBER', pointer: '' });
    expect(fault(`{"a":[0,${text}]}`)).toEqual({ code: 'JSON_BAD_NUMBER', pointer: '/a/1' });
  });

  it('every double that JavaScript writes comes back', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        fc.pre(!Number.isInteger(value) || Number.isSafeInteger(value));
        expect(read(JSON.stringify(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('what is not JSON', () => {
  it.each([
    '',
    ' ',
    '{',
    '[',
    '"',
    '"\\',
    '"a',
    '}',
    ']',
    ',',
    ':',
    '{]',
    '[}',
    '{"a"}',
    '{"a":}',
    '{a:1}',
    "{'a':1}",
    '[1,]',
    '[,1]',
    '{"a":1,}',
    '01',
    '+1',
    '.5',
    '1.',
    '--1',
    'NaN',
    'Infinity',
    'undefined',
    'tru',
    'True',
    '1 2',
    '{} {}',
    '"\u0001"',
    '"\\x41"',
    '"\\u12"',
    '// a\n1',
    '[1]]',
  ])('%j is refused', (text) => {
    expect(fault(text)?.code).toBe('JSON_MALFORMED');
  });

  it('never gives anything but a value or a fault of ours, whatever comes', () => {
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 100 }).map(bytes),
      fc
        .array(
          fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            '"',
            ':',
            ',',
            '\\',
            '\\u',
            'd800',
            '1',
            '-',
            'e',
            '.',
            'true',
            'null',
            ' ',
            'a',
          ),
          { maxLength: 60 },
        )
        .map((parts) => bytes(parts.join(''))),
    );
    fc.assert(
      fc.property(noise, (input) => {
        const found = fault(input);
        if (found === undefined)
          expect(() => JSON.parse(new TextDecoder().decode(input)) as unknown).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it('says nothing of the input', () => {
    try {
      read('{"secret": hunter2}');
      throw new Error('was read');
    } catch (error) {
      expect((error as Error).message).not.toContain('hunter2');
    }
  });
});

describe('a file of many records', () => {
  it('is read, and says which values are not kept exactly', () => {
    const read = readLenientJson(
      '{"entry":[{"w":71.230000000000003979039320256561},{"t":"a\\u0000"},{"constructor":1},{"k":1,"k":2},{"ok":true}]}',
    );
    expect(read.spoiled.map(({ pointer, ambiguous }) => [pointer, ambiguous])).toEqual([
      ['/entry/0/w', false],
      ['/entry/1/t', false],
      ['/entry/2/constructor', false],
      ['/entry/3/k', true],
    ]);
    expect(read.value).toMatchObject({ entry: [{}, {}, {}, { k: 2 }, { ok: true }] });
  });

  it.each(['{"a":', '{"a":tru}', '["a\\x"]', '"' + 'a'.repeat(3)])(
    'is refused where it is no JSON: %s',
    (text) => {
      expect(() => readLenientJson(text)).toThrow(StrictJsonError);
    },
  );

  it('is no deeper and no larger than any', () => {
    expect(() => readLenientJson('[[[1]]]', { depth: 2 })).toThrow('too deeply');
    expect(() => readLenientJson('[1,2,3]', { values: 3 })).toThrow('too large');
  });
});
