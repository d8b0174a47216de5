/** How stored events are read here: by the contracts of this release, which may be older than what other processes store. */
import type { Contract } from '@fascia/kernel';
import type { Reading } from '@fascia/read-store/host';
import { metadataOf, type Codec } from '@fascia/write-door';
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

export const readingOf = (codec: Codec): Reading => ({
  decode: codec.decode.bind(codec),
  isKnown: (stored) => {
    const declared = schemas[stored.type];
    return declared !== undefined && metadataOf(stored).schemaVersion <= declared.version;
  },
  typesOf: (category) => typesByCategory.get(category) ?? others,
});
