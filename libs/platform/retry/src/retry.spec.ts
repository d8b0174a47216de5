import {
  awayBecause,
  Backoff,
  errorName,
  Moved,
  pause,
  sqlStateOf,
  untilAborted,
  whilePassing,
} from './retry.js';

const inOrder = (waits: readonly number[], longest: readonly number[]): void => {
  expect(waits).toHaveLength(longest.length);
  for (const [index, wait] of waits.entries()) {
    expect(wait).toBeGreaterThanOrEqual((longest[index] ?? 0) / 2);
    expect(wait).toBeLessThanOrEqual(longest[index] ?? 0);
  }
};

describe('waits', () => {
  it('double from 50 ms to 5 s, each by chance between a half and the whole', () => {
    const backoff = new Backoff();
    const waits = Array.from({ length: 10 }, () => backoff.next());
    inOrder(waits, [50, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
  });

  it('are short again after something went well', () => {
    const backoff = new Backoff();
    backoff.next();
    backoff.next();
    backoff.reset();
    inOrder([backoff.next()], [50]);
  });

  it('end with the signal', async () => {
    const stop = new AbortController();
    const waiting = pause(60_000, stop.signal);
    stop.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(pause(60_000, stop.signal)).resolves.toBeUndefined();
  });
});

describe('trying until the signal', () => {
  /** Plays attempts one after another, then stops; an attempt is what it throws, `well` what goes well before. */
  const tried = async (attempts: readonly { readonly error?: Error; readonly well?: boolean }[]) => {
    const stop = new AbortController();
    const waits: number[] = [];
    let at = 0;
    await untilAborted(
      stop.signal,
      async (wentWell) => {
        const attempt = attempts[at];
        at += 1;
        if (attempt === undefined) {
          stop.abort();
          return;
        }
        if (attempt.well === true) wentWell();
        if (attempt.error !== undefined) throw attempt.error;
      },
      (_error, waitMs) => waits.push(waitMs),
    );
    return waits;
  };
  const down = { error: new Error('down') };

  it('waits longer and longer, and shortly again after something went well', async () => {
    inOrder(await tried([down, down, { ...down, well: true }, down]), [50, 100, 50, 100]);
  });

  it('looks again at once when somebody else moved on', async () => {
    expect(await tried([{ error: new Moved('by another') }])).toEqual([0]);
  });

  it('waits when it is moved again and again', async () => {
    const moved = { error: new Moved('by another') };
    const [first = -1, ...others] = await tried([moved, moved, moved, { ...moved, well: true }]);
    expect(first).toBe(0);
    inOrder(others.slice(0, 2), [50, 100]);
    expect(others[2]).toBe(0);
  });

  it('begins again what ended by itself', async () => {
    expect(await tried([{}, {}])).toEqual([]);
  });

  it('tells nobody of what fails after the signal', async () => {
    const stop = new AbortController();
    const told: unknown[] = [];
    await untilAborted(
      stop.signal,
      () => {
        stop.abort();
        return Promise.reject(new Error('stopped'));
      },
      (error) => told.push(error),
    );
    expect(told).toEqual([]);
  });
});

describe('trying again while it passes', () => {
  const passing = new Error('passing');
  const lasting = new Error('lasting');
  /** Throws one error after the other, then answers with how often it was asked. */
  const meeting = (...errors: readonly Error[]) => {
    let asked = 0;
    return (): Promise<number> => {
      const error = errors[asked];
      asked += 1;
      return error === undefined ? Promise.resolve(asked) : Promise.reject(error);
    };
  };
  const isPassing = (error: unknown): boolean => error === passing;

  it('answers as soon as it does', async () => {
    expect(await whilePassing(meeting(passing, passing), isPassing, 60_000)).toBe(3);
  });

  it.each([
    ['what does not pass, at once', [passing, lasting], 60_000, lasting],
    ['what was met last, once it has waited long enough', [passing, passing], 0, passing],
  ])('throws %s', async (_what, errors, waitMs, thrown) => {
    await expect(whilePassing(meeting(...errors), isPassing, waitMs)).rejects.toBe(thrown);
  });
});

describe('the name of an error', () => {
  /** As the drivers throw them: fields beside the message. */
  const thrown = (name: string, fields: object): Error =>
    Object.assign(new Error('Kim Kovalenko, born 1980'), { name }, fields);

  it.each([
    ['its class', thrown('TypeError', {}), 'TypeError'],
    [
      'the SQLSTATE and the index',
      thrown('error', { code: '54000', constraint: 'patient_sort' }),
      'DatabaseError 54000 patient_sort',
    ],
    [
      'the column that is missing',
      thrown('error', { code: '23502', column: 'name', table: 'patient' }),
      'DatabaseError 23502 name',
    ],
    ['a SQLSTATE alone', thrown('error', { code: '22P05' }), 'DatabaseError 22P05'],
    ['what the system says', thrown('Error', { code: 'ECONNREFUSED' }), 'Error ECONNREFUSED'],
    [
      'what a broker says',
      thrown('KafkaJSProtocolError', { type: 'NOT_LEADER_FOR_PARTITION' }),
      'KafkaJSProtocolError NOT_LEADER_FOR_PARTITION',
    ],
    ['no code that may be data', thrown('Odd', { code: 'Kim', constraint: 'Kovalenko' }), 'Odd'],
    ['nothing of what is no error', 'Kim', 'unknown'],
  ] as const)('says %s and nothing of the message', (_what, error, name) => {
    expect(errorName(error)).toBe(name);
  });

  it('is of PostgreSQL only where that refused something', () => {
    expect(sqlStateOf(thrown('error', { code: '23502' }))).toBe('23502');
    expect(sqlStateOf(thrown('Error', { code: 'EPIPE' }))).toBeUndefined();
    expect(sqlStateOf(new Error('x'))).toBeUndefined();
  });
});

describe('a database that is away', () => {
  const thrown = (message: string, code?: string): Error =>
    Object.assign(new Error(message), code === undefined ? {} : { code });

  it.each([
    [
      'a server that only reads',
      thrown('cannot execute INSERT in a read-only transaction', '25006'),
      'refused',
    ],
    ['a lock', thrown('canceling statement due to lock timeout', '55P03'), 'refused'],
    [
      'a statement that took too long',
      thrown('canceling statement due to statement timeout', '57014'),
      'refused',
    ],
    ['no place', thrown('too many clients', '53300'), 'refused'],
    ['a shutdown', thrown('terminating connection', '57P01'), 'lost'],
    ['a transaction left alone', thrown('idle in transaction', '25P03'), 'lost'],
    ['a transaction that lasted too long', thrown('transaction timeout', '25P04'), 'lost'],
    ['a socket that was closed', thrown('read', 'ECONNRESET'), 'lost'],
    [
      'a socket of a server that is not there',
      Object.assign(thrown('connect', 'ENOENT'), { syscall: 'connect' }),
      'lost',
    ],
    ['a file that is not there', Object.assign(thrown('open', 'ENOENT'), { syscall: 'open' }), undefined],
    ['silence', thrown('Query read timeout'), 'lost'],
    ['a row that does not fit', thrown('null value', '23502'), undefined],
    ['a port of our own that is taken', thrown('listen', 'EADDRINUSE'), undefined],
    ['a fault of ours', new TypeError('timeout expired for x'), undefined],
    ['no error', 'Query read timeout', undefined],
  ] as const)('%s', (_what, error, because) => {
    expect(awayBecause(error)).toBe(because);
  });
});
