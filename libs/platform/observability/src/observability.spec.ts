import { HealthRegistry } from './health.js';
import { createLogger, NestLog } from './logger.js';
import { Metrics } from './metrics.js';

const lines: string[] = [];
const logger = createLogger({ level: 'trace', stream: { write: (line: string) => void lines.push(line) } });
const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>;

describe('the log', () => {
  it('is one JSON object a line, with level and time in words', () => {
    logger.info({ route: '/api/v1/referrals/:id' }, 'request');
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      route: '/api/v1/referrals/:id',
      msg: 'request',
    });
  });

  it('leaves out secrets and people, at the top and one level down', () => {
    logger.info(
      {
        token: 'a',
        name: 'Maria',
        patient: { name: 'Maria', birthDate: '1980-01-01', id: 1 },
        request: { headers: { authorization: 'b' }, url: '/x?name=Maria' },
      },
      'x',
    );
    expect(lines.at(-1)).not.toMatch(/Maria|1980|"a"|"b"/);
    expect(last()).toMatchObject({ patient: { id: 1 } });
  });

  it('keeps of an error its class and stack', () => {
    logger.error({ err: new TypeError('broken') }, 'x');
    expect(last()['err']).toEqual({ type: 'TypeError', stack: expect.stringContaining('broken') });
  });

  it('keeps of what a database refuses its code, place and stack, not what it quotes and the driver hangs on it', () => {
    logger.error(
      {
        err: Object.assign(new Error('invalid input syntax: "Maria"'), {
          code: '23505',
          constraint: 'patient_name',
          detail: 'Key (name)=(Maria) exists',
          parameters: ['Maria'],
        }),
      },
      'x',
    );
    expect(last()['err']).toEqual({
      type: 'DatabaseError 23505 patient_name',
      stack: expect.stringMatching(/^ {4}at /),
    });
    expect(lines.at(-1)).not.toContain('Maria');
  });

  it('takes what Nest has to say', () => {
    new NestLog(logger).error('cannot start', 'stack text', 'Router');
    expect(last()).toMatchObject({
      level: 'error',
      context: 'Router',
      stack: 'stack text',
      msg: 'cannot start',
    });
    new NestLog(logger).log('started', 'Router');
    expect(last()).toMatchObject({ level: 'debug', context: 'Router', msg: 'started' });
    new NestLog(logger).error(new Error('broken'));
    expect(last()).toMatchObject({ err: { type: 'Error' }, msg: 'broken' });
  });
});

describe('readiness', () => {
  it('needs every check, and names those that fail, throw or are replaced', async () => {
    const health = new HealthRegistry();
    expect(await health.readiness()).toEqual({ ready: true, checks: [] });
    health.register('store', () => ({ ok: true }));
    health.register('lists', () => Promise.reject(new RangeError('rows of Maria')));
    expect(await health.readiness()).toEqual({
      ready: false,
      checks: [
        { name: 'store', ok: true },
        { name: 'lists', ok: false, detail: 'RangeError' },
      ],
    });
    health.register('lists', () => ({ ok: true, detail: 'caught up' }));
    expect((await health.readiness()).ready).toBe(true);
  });

  it('ends when the process is to stop', async () => {
    const health = new HealthRegistry();
    health.stop();
    expect(await health.readiness()).toEqual({
      ready: false,
      checks: [{ name: 'process', ok: false, detail: 'stopping' }],
    });
  });

  it('does not wait for a check that hangs', async () => {
    const health = new HealthRegistry(1);
    health.register('store', () => new Promise(() => undefined));
    expect(await health.readiness()).toEqual({
      ready: false,
      checks: [{ name: 'store', ok: false, detail: 'no answer within 1 ms' }],
    });
  });
});

describe('metrics', () => {
  it('are counted by route template, and read when they are scraped', async () => {
    const metrics = new Metrics({ ofProcess: false });
    metrics.observeRequest({ method: 'GET', route: '/api/v1/tasks', status: 200 }, 0.02);
    metrics.gauge('fascia_queue', 'Waiting appends.', () => 3);
    metrics.counter('fascia_parked_total', 'Parked streams.', ['model']).inc({ model: 'worklist' });
    const text = await metrics.registry.metrics();
    expect(text).toContain(
      'fascia_http_request_duration_seconds_count{method="GET",route="/api/v1/tasks",status="200"} 1',
    );
    expect(text).toContain('fascia_queue 3');
    expect(text).toContain('fascia_parked_total{model="worklist"} 1');
  });
});
