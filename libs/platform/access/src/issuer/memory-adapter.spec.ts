import { until } from '@fascia/testkit';
import { memoryAdapter } from './memory-adapter.js';

const adapter = memoryAdapter();
const codes = adapter('AuthorizationCode');
const signIns = adapter('Interaction');

const SOON_S = 0.2;

const untilGone = (id: string): Promise<boolean> =>
  until(async () => (await codes.find(id)) === undefined, {
    deadlineMs: 60_000,
    message: `the end of ${id}`,
  });

describe('a record of the issuer', () => {
  it('is gone when its time is over', async () => {
    await codes.upsert('short', { uid: 'short' }, SOON_S);
    await codes.upsert('long', { uid: 'long' }, 60);
    expect(await codes.find('short')).toEqual({ uid: 'short' });
    await untilGone('short');
    expect(await codes.findByUid('short')).toBeUndefined();
    expect(await codes.findByUid('long')).toEqual({ uid: 'long' });
  });

  it('lives no longer because it was consumed', async () => {
    await codes.upsert('once', { uid: 'once' }, SOON_S);
    await codes.consume('once');
    expect(await codes.find('once')).toMatchObject({ consumed: expect.any(Number) });
    await untilGone('once');
  });

  it('goes with its grant, and no other goes', async () => {
    await codes.upsert('mine', { grantId: 'mine' }, 60);
    await codes.upsert('theirs', { grantId: 'theirs' }, 60);
    await signIns.upsert('on its way', { grantId: 'mine' }, 60);
    await codes.revokeByGrantId('mine');
    expect(await codes.find('mine')).toBeUndefined();
    expect(await codes.find('theirs')).toEqual({ grantId: 'theirs' });
    expect(await signIns.find('on its way')).toEqual({ grantId: 'mine' });
  });
});
