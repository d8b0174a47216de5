/** How stored events are read here: by the contracts of this release, which may be older than what other processes store. */
import type { Contract, EventMetadata, StoredEvent } from '@fascia/kernel';
import type { Reading } from '@fascia/read-store/host';
import type { Codec } from '@fascia/write-door';
import { aggregateByCategory, contracts } from '../contexts.js';

const schemas: Contract = Object.assign({}, ...contracts) as Contract;

const ofAggregates = new Set(
  [...aggregateByCategory.values()].flatMap(({ contract }) => Object.keys(contract)),
);

/** Of streams that are kept by no aggregate: processes, registers, access records. */
const others = Object.keys(schemas).filter((type) => !ofAggregates.has(type));

const typesByCategory = new Map<string, readonly string[]>(
  [...aggregateByCategory].map(([category, { contract }]) => [category, Object.keys(contract)]),
);

/** What is never sealed of an event. */
export const metadataOf = ({ metadata }: Pick<StoredEvent, 'metadata'>): EventMetadata =>
  JSON.parse(Buffer.from(metadata).toString('utf8')) as EventMetadata;

export const readingOf = (codec: Codec): Reading => ({
  decode: codec.decode.bind(codec),
  isKnown: (stored) => {
    const declared = schemas[stored.type];
    return declared !== undefined && metadataOf(stored).schemaVersion <= declared.version;
  },
  typesOf: (category) => typesByCategory.get(category) ?? others,
});
