import { until } from '@fascia/testkit';
import { Supervisor } from './supervisor.js';

const { execPath } = process;

afterEach(() => {
  process.execPath = execPath;
});

it('tries again to start what the machine could not start', async () => {
  const told: Readonly<Record<string, unknown>>[] = [];
  const supervisor = new Supervisor([{ name: 'relay', app: 'relay', port: 1, env: {} }], {
    log: (_what, details) => told.push(details),
  });
  process.execPath = '/no/such/program';
  void supervisor.start();
  await until(() => told.length > 1, { deadlineMs: 60_000, message: 'a second attempt' });
  expect(told[0]).toMatchObject({ process: 'relay', error: 'ENOENT' });
  await supervisor.stop();
});
