/** Somebody who has a dump of the log, knows how names in it are made but not the keys, and tries out what they would like to know. */
import { createHash } from 'node:crypto';
import { parseStream, uuidFrom, type StoredEvent } from '@fascia/kernel';

/** Names and digests: whatever could have been made of something else. */
const NAME = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|\b[0-9a-f]{32,128}\b/g;

export const namesIn = (
  events: readonly StoredEvent[],
): { readonly all: ReadonlySet<string>; readonly patients: readonly string[] } => {
  const texts = events.flatMap(({ stream, id, data, metadata }) => [
    stream,
    id,
    Buffer.from(data).toString('utf8'),
    Buffer.from(metadata).toString('utf8'),
  ]);
  const patients = new Set(
    events.map(({ stream }) => stream).filter((stream) => parseStream(stream)?.category === 'patient'),
  );
  return { all: new Set(texts.flatMap((text) => text.match(NAME) ?? [])), patients: [...patients] };
};

export interface Tried {
  readonly organizations: readonly string[];
  readonly systems: readonly string[];
  /** Streams that may have claimed something. */
  readonly owners: readonly string[];
}

const DIGESTS = ['md5', 'sha1', 'sha256', 'sha512'] as const;

/** What a secret would be called, were it named without a key. The first is a register, the last a digest. */
export const guesses = (secret: string, { organizations, systems, owners }: Tried): readonly string[] => {
  const keys = organizations.flatMap((organization) =>
    systems.map((system) => ['identifier', organization, system, secret]),
  );
  const texts = [
    ...systems.flatMap((system) => [`${system}|${secret}`, JSON.stringify({ system, value: secret })]),
    JSON.stringify(secret),
    secret,
  ];
  return [
    ...[...keys, ['npi', secret]].map((key) => uuidFrom('register', ...key)),
    // One owner each is enough to find that claims are named by a plain hash.
    ...owners.slice(0, 20).flatMap((owner) => keys.map((key) => uuidFrom('claim', owner, ...key, '', ''))),
    ...['patient', 'practitioner', 'Patient'].flatMap((kind) => [
      uuidFrom('fhir', kind, secret),
      ...systems.map((system) => uuidFrom('import', system, `${kind}/${secret}`)),
    ]),
    ...texts.flatMap((text) => DIGESTS.map((digest) => createHash(digest).update(text).digest('hex'))),
  ];
};
