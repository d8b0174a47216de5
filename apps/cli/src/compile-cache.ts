/** What Node makes of the code of modules is kept for the next start: compiling is half of what loading them costs. */
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';

// Beside the code itself, not in a temporary folder of everybody's: what is kept there is run.
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/fascia', import.meta.url));

/** Where nothing can be written, as in an image that root owns, nothing is kept and nothing is said. */
export const keepCompiled = (): void => {
  enableCompileCache(FOLDER);
};

/** For the environment of processes that are to share it. */
export const sharedCompiled = (): Readonly<Record<string, string>> =>
  getCompileCacheDir() === undefined ? {} : { NODE_COMPILE_CACHE: FOLDER };
