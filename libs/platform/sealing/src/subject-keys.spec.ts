/** Keys of persons over rows that are kept by hand. */
import { createSecretKey, randomBytes } from 'node:crypto';
import type { Rows } from '@fascia/kernel';
import { postgresSubjectKeys } from './subject-keys.js';

const MASTER = createSecretKey(randomBytes(32));
const masters = { current: { id: 'one', key: MASTER }, byId: () => MASTER };

/** Takes the two statements apart by their first word. */
const table = () => {
  const kept = new Map<string, object>();
  let questions = 0;
  const rows: Rows = {
    query: async <T extends object>(statement: string, values: readonly unknown[] = []) => {
      if (statement.startsWith('insert')) {
        const [subject, master_key_id, wrapped] = values as [string, string, Buffer];
        if (kept.has(subject)) return [];
        kept.set(subject, { subject, master_key_id, wrapped });
        return [{ subject }] as unknown as T[];
      }
      questions += 1;
      const [subjects] = values as [readonly string[]];
      return subjects.flatMap((subject) => kept.get(subject) ?? []) as T[];
    },
  };
  return { rows, questions: () => questions };
};

describe('keys of persons in a table', () => {
  it('are found by every process, each person with their own', async () => {
    const { rows } = table();
    const [ann, ben] = await Promise.all(
      ['ann', 'ben'].map((subject) => postgresSubjectKeys(rows, masters).keyFor(subject)),
    );
    const later = postgresSubjectKeys(rows, masters);
    expect(await Promise.all([later.find('ben'), later.find('ann'), later.find('nobody')])).toEqual([
      ben,
      ann,
      undefined,
    ]);
  });

  it('are asked for in one question by all who ask at once', async () => {
    const { rows, questions } = table();
    await postgresSubjectKeys(rows, masters).keyFor('ann');
    const before = questions();
    const later = postgresSubjectKeys(rows, masters);
    await Promise.all(['ann', 'ben', 'ann'].map((subject) => later.find(subject)));
    expect(questions()).toBe(before + 1);
    await Promise.all([later.find('ann'), later.find('ann')]);
    expect(questions()).toBe(before + 1);
  });

  it('give everybody who makes the same one at once the same', async () => {
    const { rows } = table();
    const [one, other] = await Promise.all([
      postgresSubjectKeys(rows, masters).keyFor('ann'),
      postgresSubjectKeys(rows, masters).keyFor('ann'),
    ]);
    expect(other).toEqual(one);
  });
});
