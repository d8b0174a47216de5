export { readBundle } from './bundle/read-bundle.js';
export { IMPORT_CONTRACT, type ImportReport } from './contract/events.js';
export { Imports, IMPORTS, type ImportParts } from './http/imports.js';
export { importAggregate } from './write/import.aggregate.js';
export { importedId } from './write/import-commands.js';
export { makeImporter, type Importer } from './write/importer.js';
