export { LONGEST_FILE, readFile, type FileReading } from './bundle/file.js';
export { readInThread, type ThreadOptions } from './bundle/in-thread.js';
export type * from './bundle/items.js';
export { readBundle, type ReadingOptions } from './bundle/read-bundle.js';
export { fhirContext } from './context.js';
export * from './contract.js';
export { importAggregate } from './write/import.aggregate.js';
export { importedId } from './write/import-commands.js';
export { makeImporter, type Importer } from './write/importer.js';
