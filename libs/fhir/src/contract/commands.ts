/** What may be asked of an import: that it be recorded, with what came of it. Its bundle is read before; a request says nothing else. */
import { creates, type CommandsOf } from '@fascia/kernel/contract';
import { IMPORT_CONTRACT } from './events.js';

export const IMPORT_COMMANDS = {
  ImportBundle: creates('Record an import', {}, IMPORT_CONTRACT.BundleImported.schema.shape),
};

export type ImportCommand = CommandsOf<typeof IMPORT_COMMANDS>;
