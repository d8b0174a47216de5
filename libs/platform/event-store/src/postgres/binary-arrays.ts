/**
 * Parameters in PostgreSQL's binary array format: bytes go over the wire as they are, instead of twice
 * their size in hexadecimal text (`array_recv`, src/backend/utils/adt/arrayfuncs.c).
 */
const OID = { text: 25, int4: 23, uuid: 2950, bytea: 17 } as const;

const HEADER_BYTES = 20;

const arrayOf = (oid: number, items: readonly Uint8Array[]): Buffer => {
  const bytes = items.reduce((sum, item) => sum + 4 + item.byteLength, HEADER_BYTES);
  const buffer = Buffer.allocUnsafe(bytes);
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(0, 4); // has no nulls
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(items.length, 12);
  buffer.writeInt32BE(1, 16); // lower bound
  let at = HEADER_BYTES;
  for (const item of items) {
    at = buffer.writeInt32BE(item.byteLength, at);
    buffer.set(item, at);
    at += item.byteLength;
  }
  return buffer;
};

const int4 = (value: number): Buffer => {
  const buffer = Buffer.allocUnsafe(4);
  buffer.writeInt32BE(value);
  return buffer;
};

export const textArray = (items: readonly string[]): Buffer =>
  arrayOf(
    OID.text,
    items.map((item) => Buffer.from(item, 'utf8')),
  );
export const int4Array = (items: readonly number[]): Buffer => arrayOf(OID.int4, items.map(int4));
export const uuidArray = (items: readonly string[]): Buffer =>
  arrayOf(
    OID.uuid,
    items.map((item) => Buffer.from(item.replaceAll('-', ''), 'hex')),
  );
export const byteaArray = (items: readonly Uint8Array[]): Buffer => arrayOf(OID.bytea, items);
