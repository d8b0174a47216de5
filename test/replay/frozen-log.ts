/**
 * The frozen log: what the product stored while every kind of course was played on it, as bytes, with the keys of the made-up
 * people in it. What models make of it must stay what it was, whatever becomes of the code between.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { contracts } from '@fascia/composition';
import type { Envelope, StoredEvent } from '@fascia/kernel';
import type { SubjectKeys } from '@fascia/sealing';
import { makeCodec } from '@fascia/write-door';

export const NET = join(import.meta.dirname, 'net');
const LOG = join(NET, 'log.json.gz');

/** Nothing that people do leads there in a week: months have to pass, or a store has to be taken twice. */
export const NOT_PLAYED = [
  ...['ReferralExpired', 'CommandRefused'],
  ...['ClaimDoubted', 'ClaimLapsed', 'CommandAnswered'],
];

interface Kept {
  readonly keys: Readonly<Record<string, readonly [id: string, secret: string]>>;
  readonly events: readonly (Omit<StoredEvent, 'position' | 'data' | 'metadata'> & {
    readonly position: string;
    readonly data: string;
    readonly metadata: string;
  })[];
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

const subjectsOf = (events: readonly StoredEvent[]): readonly string[] => [
  ...new Set(
    events.flatMap(({ stream, metadata }) => [
      stream as string,
      `patient-${(JSON.parse(text(metadata)) as { patientId?: string }).patientId ?? ''}`,
    ]),
  ),
];

export const keepLog = async (events: readonly StoredEvent[], keys: SubjectKeys): Promise<void> => {
  const found = await Promise.all(
    subjectsOf(events).map(async (subject) => [subject, await keys.find(subject)] as const),
  );
  const kept: Kept = {
    keys: Object.fromEntries(
      found.flatMap(([subject, key]) =>
        key === undefined || key === 'erased' ? [] : [[subject, [key.id, key.secret.toString('base64')]]],
      ),
    ),
    events: events.map(({ position, data, metadata, ...event }) => ({
      ...event,
      position: position.toString(),
      data: text(data),
      metadata: text(metadata),
    })),
  };
  writeFileSync(LOG, gzipSync(JSON.stringify(kept), { level: 9 }));
};

/** Opened, in the order of the log. */
export const frozenLog = async (): Promise<readonly Envelope[]> => {
  const { keys, events } = JSON.parse(gunzipSync(readFileSync(LOG)).toString('utf8')) as Kept;
  const find: SubjectKeys['find'] = (subject) => {
    const [id, secret] = keys[subject] ?? [];
    return Promise.resolve(
      id === undefined || secret === undefined ? undefined : { id, secret: Buffer.from(secret, 'base64') },
    );
  };
  const codec = makeCodec(contracts, {
    find,
    keyFor: () => Promise.reject(new Error('nothing is written here')),
  });
  return Promise.all(
    events.map((event) =>
      codec.decode({
        ...event,
        position: BigInt(event.position),
        data: Buffer.from(event.data, 'utf8'),
        metadata: Buffer.from(event.metadata, 'utf8'),
      }),
    ),
  );
};
