import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { assertPortFree, holderOf, portTrouble } from './port.js';

const LINUX = process.platform === 'linux';

it('says who holds a port that is taken, and nothing of one that is free', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const trouble = await portTrouble('127.0.0.1', port);
  expect(trouble).toContain(`127.0.0.1:${String(port)} is taken`);
  expect(trouble).toContain('FASCIA_PORT');
  if (LINUX) expect(trouble).toContain(`by process ${String(process.pid)} (node)`);
  await expect(assertPortFree({ host: '127.0.0.1', port })).rejects.toThrow(`:${String(port)} is taken`);
  server.close();
  await once(server, 'close');
  expect(holderOf(port)).toBeUndefined();
  expect(await portTrouble('127.0.0.1', port)).toBeUndefined();
  await assertPortFree({ host: '127.0.0.1', port });
});
