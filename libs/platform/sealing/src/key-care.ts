/** Whether the keys that people's keys are wrapped under are there, and turning them over: rewrapping, which can be broken off anywhere. */
import type { Rows } from '@fascia/kernel';
import { MasterKeysInvalid, type MasterKeys } from './master-keys.js';
import { NETWORK, unwrap, wrap, type SubjectKeys } from './subject-keys.js';

export interface KeyStatus {
  /** Wraps new keys; id only. */
  readonly current: string;
  /** Every master key that this process has, the current one first. */
  readonly known: readonly string[];
  /** How many people's keys are wrapped under each. */
  readonly wrapped: readonly { readonly masterKey: string; readonly keys: number }[];
  readonly erased: number;
}

export const keyStatus = async (rows: Rows, masters: MasterKeys): Promise<KeyStatus> => {
  const wrapped = await rows.query<{ masterKey: string; keys: number }>(
    `select master_key_id as "masterKey", count(*)::int as keys from sealing.subject_key where wrapped is not null group by 1 order by 1`,
  );
  const [erased] = await rows.query<{ erased: number }>(
    'select count(*)::int as erased from sealing.subject_key where wrapped is null',
  );
  return { current: masters.current.id, known: masters.ids, wrapped, erased: erased?.erased ?? 0 };
};

interface Wrapped {
  readonly subject: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

const SAMPLE_OF_EACH = `
select distinct on (master_key_id) subject, master_key_id, wrapped from sealing.subject_key
where wrapped is not null order by master_key_id, subject`;

/**
 * That what was sealed can be opened here, asked at start.
 * @param hasEvents whether anything stands in the log
 * @throws MasterKeysInvalid with a sentence that says what to put back
 */
export const assertKeysFit = async (
  rows: Rows,
  { masters, keys, hasEvents }: { masters: MasterKeys; keys: SubjectKeys; hasEvents: boolean },
): Promise<void> => {
  for (const { subject, master_key_id: id, wrapped } of await rows.query<Wrapped>(SAMPLE_OF_EACH)) {
    if (!masters.ids.includes(id))
      throw new MasterKeysInvalid(
        `People's keys are wrapped under the master key "${id}", which is not in ${masters.from}. Add it there after the current one; without it nothing of those people can be read.`,
      );
    try {
      unwrap(masters.byId(id), subject, wrapped);
    } catch {
      throw new MasterKeysInvalid(
        `The master key "${id}" in ${masters.from} is not the one under which people's keys were wrapped. Put the right one back.`,
      );
    }
  }
  if (!hasEvents) await keys.keyFor(NETWORK);
  else if ((await keys.find(NETWORK)) === undefined)
    throw new MasterKeysInvalid(
      'The log holds events, but this database holds none of the keys that they were written with (table sealing.subject_key). Restore the database that belongs to this log.',
    );
};

const BATCH = 100;

export interface TurnedOver {
  /** Whether a new master key was made: not where somebody else keeps them, nor to go on with what was broken off. */
  readonly made: boolean;
  readonly current: string;
  readonly rewrapped: number;
}

/** Makes a new master key where it is ours to make, and rewraps every key under the current one. Broken off, it goes on when asked again. */
export const turnOver = async (rows: Rows, masters: MasterKeys): Promise<TurnedOver> => {
  const { wrapped, current } = await keyStatus(rows, masters);
  const made = masters.turnOver !== undefined && wrapped.every(({ masterKey }) => masterKey === current);
  if (made) masters.turnOver();
  return { made, current: masters.current.id, rewrapped: await rewrap(rows, masters) };
};

/** What was rewrapped stays so. @returns how many were */
const rewrap = async (rows: Rows, masters: MasterKeys): Promise<number> => {
  const { id, key } = masters.current;
  for (let done = 0; ;) {
    const page = await rows.query<Wrapped>(
      'select subject, master_key_id, wrapped from sealing.subject_key where wrapped is not null and master_key_id <> $1 order by subject limit $2',
      [id, BATCH],
    );
    if (page.length === 0) return done;
    for (const { subject, master_key_id: before, wrapped } of page) {
      // Erased, or rewrapped by somebody else, meanwhile: then it is left as it is.
      await rows.query(
        'update sealing.subject_key set master_key_id = $3, wrapped = $4 where subject = $1 and master_key_id = $2 and wrapped is not null',
        [subject, before, id, wrap(key, subject, unwrap(masters.byId(before), subject, wrapped))],
      );
      done += 1;
    }
  }
};
