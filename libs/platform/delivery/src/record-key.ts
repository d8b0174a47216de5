/**
 * The key by which relay and followers know their records: made once, by whoever comes first, and shared through the
 * database, which whoever can write to the topic need not reach.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { LogRecord } from '@fascia/broker';
import type { Rows } from '@fascia/kernel';

export const RECORD_KEY_SQL = `
create schema if not exists delivery;
create table if not exists delivery.record_key (
  one boolean primary key default true check (one),
  -- 32 bytes, hex.
  key text not null
);`;

/** 32 bytes. */
export type RecordKey = Buffer;

const BYTES = 32;

export const recordKey = async (rows: Rows): Promise<RecordKey> => {
  await rows.query('insert into delivery.record_key (key) values ($1) on conflict (one) do nothing', [
    randomBytes(BYTES).toString('hex'),
  ]);
  const [found] = await rows.query<{ key: string }>('select key from delivery.record_key');
  if (found === undefined) throw new Error('there is no key for records');
  return Buffer.from(found.key, 'hex');
};

export const MAC_HEADER = 'ce_mac';

type Signed = Pick<LogRecord, 'partition' | 'headers'>;

/** HMAC-SHA-256 over the partition and all other headers, in canonical JSON; the value's digest is one of them. */
const macOf = ({ partition, headers }: Signed, key: RecordKey): Buffer => {
  const said = Object.entries(headers)
    .filter(([name]) => name !== MAC_HEADER)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHmac('sha256', key)
    .update(JSON.stringify([partition, said]))
    .digest();
};

export const signed = <R extends Signed>(record: R, key: RecordKey): R => ({
  ...record,
  headers: { ...record.headers, [MAC_HEADER]: macOf(record, key).toString('base64url') },
});

export const isSigned = (record: Signed, key: RecordKey): boolean => {
  const said = Buffer.from(record.headers[MAC_HEADER] ?? '', 'base64url');
  return said.length === BYTES && timingSafeEqual(said, macOf(record, key));
};
