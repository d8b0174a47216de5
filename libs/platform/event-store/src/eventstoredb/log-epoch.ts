/** The name of the log, and the format of what is in it: one event in a stream of its own, written once by whoever comes first. */
import { NO_STREAM } from '@eventstore/db-client';
import { StoreUnavailable } from '@fascia/kernel';
import type { Connection } from './connection.js';
import { FORMAT, OtherFormat } from '../format.js';
import { accessDenied, failureOf, readError } from './failures.js';
import type { Mark } from './ours-in-all.js';
import { positionOf } from './recorded.js';

/** No dash: it is no stream of events of ours, and readers pass over it. */
const STREAM = 'fascialog';

/** @throws OtherFormat */
const nameIn = (text: string): string => {
  const [name, format = '1'] = text.split(' ');
  if (name === undefined || format !== String(FORMAT))
    throw new OtherFormat(format, 'Name another EventStoreDB in EVENTSTOREDB_URL.');
  return name;
};

export interface NamedLog {
  readonly epoch: string;
  /** Everything of ours follows it. */
  readonly mark: Mark;
}

const read = async (connection: Connection): Promise<NamedLog | undefined> => {
  const [first] = await connection.page((client, options) =>
    client.readStream(STREAM, { ...options, maxCount: 1 }),
  );
  if (first?.event === undefined) return undefined;
  return {
    epoch: nameIn(Buffer.from(first.event.data as Uint8Array).toString('utf8')),
    mark: { position: positionOf(first.event), id: first.event.id },
  };
};

/** @throws EventStoreDbAccessDenied, StoreUnavailable, UnsuitableEventStoreDb */
export const namedLog = async (connection: Connection): Promise<NamedLog> => {
  const known = await read(connection);
  if (known !== undefined) return known;
  const id = crypto.randomUUID();
  const named = {
    id,
    type: 'LogNamed',
    contentType: 'application/octet-stream' as const,
    data: new TextEncoder().encode(`${id} ${String(FORMAT)}`),
    metadata: undefined,
  };
  try {
    await connection.client.appendToStream(STREAM, named, {
      ...connection.options,
      expectedRevision: NO_STREAM,
    });
  } catch (error) {
    const failure = failureOf(error);
    if (failure === 'denied') throw accessDenied(error);
    if (failure !== 'conflict') throw readError(error);
  }
  const stored = await read(connection);
  if (stored === undefined) throw new StoreUnavailable('the name of the log cannot be read back');
  return stored;
};
