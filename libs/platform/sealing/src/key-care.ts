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
  readonly key_id: string;
  readonly master_key_id: string;
  readonly wrapped: Buffer;
}

/** Of each master key; more than one, as a row may be damaged. */
const SAMPLES_OF_EACH = `
select subject, key_id, master_key_id, wrapped from (
  select *, row_number() over (partition by master_key_id order by subject, key_id) as n from sealing.subject_key where wrapped is not null
) s where n <= 3 order by master_key_id`;

/** @returns nothing for a row that does not open */
const secretOf = (
  masters: MasterKeys,
  { subject, master_key_id: id, wrapped }: Wrapped,
): Buffer | undefined => {
  try {
    return unwrap(masters.byId(id), subject, wrapped);
  } catch {
    return undefined;
  }
};

/**
 * That what was sealed can be opened here, asked at start.
 * @param hasEvents whether anything stands in the log
 * @throws MasterKeysInvalid with a sentence that says what to put back
 */
export const assertKeysFit = async (
  rows: Rows,
  { masters, keys, hasEvents }: { masters: MasterKeys; keys: SubjectKeys; hasEvents: boolean },
): Promise<void> => {
  const samples = Map.groupBy(await rows.query<Wrapped>(SAMPLES_OF_EACH), (row) => row.master_key_id);
  for (const [id, wrapped] of samples) {
    if (!masters.ids.includes(id))
      throw new MasterKeysInvalid(
        `People's keys are wrapped under the master key "${id}", which is not in ${masters.from}. Add it there after the current one; without it nothing of those people can be read.`,
      );
    if (wrapped.every((one) => secretOf(masters, one) === undefined))
      throw new MasterKeysInvalid(
        `The master key "${id}" in ${masters.from} is not the one under which people's keys were wrapped. Put the right one back.`,
      );
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
  /** Rows that do not open under the master key that they name: damaged, and left as they are. */
  readonly damaged: number;
}

/**
 * Makes a new master key where it is ours to make, and rewraps every key under the current one. Broken off, it goes on when asked
 * again, by whichever process. One at a time: the caller sees to that.
 */
export const turnOver = async (rows: Rows, masters: MasterKeys): Promise<TurnedOver> => {
  masters.readAgain();
  const { wrapped, current } = await keyStatus(rows, masters);
  const made = masters.turnOver !== undefined && wrapped.every(({ masterKey }) => masterKey === current);
  if (made) masters.turnOver();
  return { made, current: masters.current.id, ...(await rewrap(rows, masters)) };
};

const NEXT = `
select subject, key_id, master_key_id, wrapped from sealing.subject_key
where wrapped is not null and master_key_id <> $1 and (subject, key_id) > ($2, $3) order by subject, key_id limit $4`;

/** What was rewrapped stays so. */
const rewrap = async (
  rows: Rows,
  masters: MasterKeys,
): Promise<Pick<TurnedOver, 'rewrapped' | 'damaged'>> => {
  const { id, key } = masters.current;
  let [rewrapped, damaged] = [0, 0];
  for (let last: readonly [string, string] = ['', '']; ;) {
    const page = await rows.query<Wrapped>(NEXT, [id, ...last, BATCH]);
    for (const row of page) {
      const { subject, key_id: keyId, master_key_id: before } = row;
      last = [subject, keyId];
      const secret = secretOf(masters, row);
      if (secret === undefined) {
        damaged += 1;
        continue;
      }
      // Erased, or rewrapped by somebody else, meanwhile: then it is left as it is.
      await rows.query(
        'update sealing.subject_key set master_key_id = $4, wrapped = $5 where subject = $1 and key_id = $2 and master_key_id = $3 and wrapped is not null',
        [subject, keyId, before, id, wrap(key, subject, secret)],
      );
      rewrapped += 1;
    }
    if (page.length < BATCH) return { rewrapped, damaged };
  }
};
