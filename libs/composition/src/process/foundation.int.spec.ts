import { testRows } from '@fascia/testkit';
import { CannotStart } from './cannot-start.js';
import { AMONG_OTHERS, openFoundation } from './foundation.js';
import { loggerFor } from './process.js';
import { settingsFrom } from './settings.js';

describe('data of an earlier development version', () => {
  it('are left alone, with a sentence that says what to do', async () => {
    const old = await testRows(
      'create schema coordination; create table coordination.checkpoint (follower text)',
    );
    const settings = settingsFrom({ DATABASE_URL: old.connectionString, FASCIA_LOG: 'silent' });
    const opening = openFoundation(settings, loggerFor(settings), {
      poll: AMONG_OTHERS,
      say: () => undefined,
    });
    await expect(opening).rejects.toThrow(CannotStart);
    await expect(opening).rejects.toThrow(/FASCIA_DATA_DIR aside/);
    expect(await old.rows.query("select 1 where to_regclass('log.event') is not null")).toEqual([]);
    await old.close();
  });
});
