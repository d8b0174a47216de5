import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventLog } from './event-log.js';
import type { Proposed } from './log-file.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fascia-log-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = () => EventLog.open(directory, () => 1_000);

const proposed = (id: string): Proposed => ({
  id,
  type: 'T',
  contentType: 'application/octet-stream',
  data: Buffer.from(id),
  metadata: Buffer.from([1, 2]),
});

const everything = (log: EventLog) => Array.from({ length: log.length }, (_, index) => log.at(index));

describe('the log of the test server', () => {
  it('is the same after it is opened again', async () => {
    const log = await open();
    await log.append('a-1', { kind: 'noStream' }, [proposed('x'), proposed('y')]);
    await log.append('a-2', { kind: 'any' }, [proposed('z')]);
    const again = await open();
    expect(everything(again)).toEqual(everything(log));
    expect(again.stream('a-1').map(({ id, revision }) => [id, revision])).toEqual([
      ['x', 0],
      ['y', 1],
    ]);
  });

  it('loses a torn append whole, and goes on from there', async () => {
    const log = await open();
    await log.append('a-1', { kind: 'noStream' }, [proposed('x')]);
    const file = join(directory, 'events.log');
    const intact = readFileSync(file).byteLength;
    await log.append('a-1', { kind: 'revision', revision: 0 }, [proposed('y'), proposed('z')]);
    // Cut in the second event: the first one is whole and must go all the same.
    truncateSync(file, readFileSync(file).byteLength - 3);
    const again = await open();
    expect(again.stream('a-1').map(({ id }) => id)).toEqual(['x']);
    expect(readFileSync(file).byteLength).toBe(intact);
    expect(await again.append('a-1', { kind: 'revision', revision: 0 }, [proposed('w')])).toMatchObject({
      kind: 'stored',
      revision: 1,
    });
  });

  it('has positions that rise, with gaps, and events of its own', async () => {
    const log = await open();
    for (let index = 0; index < 50; index += 1)
      await log.append(`a-${index}`, { kind: 'noStream' }, [proposed('x')]);
    const positions = everything(log).map((event) => event?.position ?? 0n);
    expect(
      positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0n) + 1n),
    ).toBe(true);
    expect(log.length).toBeGreaterThan(50);
  });
});

describe('an append', () => {
  it.each([
    [
      'at a revision before the last',
      { kind: 'revision', revision: 0 },
      { kind: 'wrongVersion', current: 1 },
    ],
    [
      'at a revision beyond the last',
      { kind: 'revision', revision: 2 },
      { kind: 'wrongVersion', current: 1 },
    ],
    ['to a stream that should not be', { kind: 'noStream' }, { kind: 'wrongVersion', current: 1 }],
    ['at the last revision', { kind: 'revision', revision: 1 }, { kind: 'stored', revision: 2 }],
    ['at any revision', { kind: 'any' }, { kind: 'stored', revision: 2 }],
    ['to a stream that has to be', { kind: 'streamExists' }, { kind: 'stored', revision: 2 }],
  ] as const)('%s', async (_, expected, verdict) => {
    const log = await open();
    await log.append('a-1', { kind: 'noStream' }, [proposed('x'), proposed('y')]);
    expect(await log.append('a-1', expected, [proposed('new')])).toMatchObject(verdict);
  });

  it('to a stream that has to be and is not is refused', async () => {
    expect(await (await open()).append('a-1', { kind: 'streamExists' }, [proposed('x')])).toEqual({
      kind: 'wrongVersion',
      current: undefined,
    });
  });

  it.each([{ kind: 'noStream' }, { kind: 'any' }] as const)(
    'with the same ids is a repetition ($kind)',
    async (expected) => {
      const log = await open();
      await log.append('a-1', expected, [proposed('x'), proposed('y')]);
      await log.append('a-1', { kind: 'revision', revision: 1 }, [proposed('z')]);
      const first = log.stream('a-1')[0]?.position;
      expect(await log.append('a-1', expected, [proposed('x'), proposed('y')])).toEqual({
        kind: 'stored',
        revision: 1,
        position: first,
      });
      expect(await log.append('a-1', expected, [proposed('x'), proposed('other')])).toEqual({
        kind: 'wrongVersion',
        current: 2,
      });
    },
  );
});
