/** A batch as requests that a broker accepts: one after another, in the order given. */
import type { LogRecord } from './ports.js';

/** Below the 1 MiB that a broker accepts as it comes, with room for framing. */
const REQUEST_BYTES = 900_000;
/** Lengths, offsets and flags of a record, generously. */
const FRAME_BYTES = 64;

const bytesOf = ({ key, value, headers }: LogRecord): number =>
  Object.entries(headers).reduce(
    (sum, [name, text]) => sum + Buffer.byteLength(name) + Buffer.byteLength(text) + 10,
    FRAME_BYTES + Buffer.byteLength(key) + value.byteLength,
  );

/** A record above the limit is a request of its own. */
export const requestsOf = (
  records: readonly LogRecord[],
  limit = REQUEST_BYTES,
): readonly (readonly LogRecord[])[] => {
  const requests: LogRecord[][] = [];
  let room = 0;
  for (const record of records) {
    const bytes = bytesOf(record);
    const last = requests.at(-1);
    if (last === undefined || bytes > room) {
      requests.push([record]);
      room = limit - bytes;
    } else {
      last.push(record);
      room -= bytes;
    }
  }
  return requests;
};

/** @param stored partitions that were acknowledged. @throws when one of those that were sent is not among them */
export const assertAcknowledged = (sent: readonly LogRecord[], stored: readonly number[]): void => {
  const missing = [...new Set(sent.map(({ partition }) => partition))].filter(
    (partition) => !stored.includes(partition),
  );
  if (missing.length > 0) throw new Error(`no acknowledgement for the partitions ${missing.join(', ')}`);
};
