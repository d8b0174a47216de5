/**
 * Bundles modules for a browser and runs each text where nothing is but ECMAScript itself: no process, Buffer, require, timers,
 * URL or crypto. Takes paths from the root, the first of them the root itself; prints for each what it exports or why it failed.
 * A process of its own: esbuild does not live in Jest's modules.
 */
import process from 'node:process';
import { isAbsolute, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';

const [root, ...entries] = process.argv.slice(2);

const run = async (entry) => {
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [isAbsolute(entry) ? entry : join(root, entry)],
      bundle: true,
      platform: 'browser',
      format: 'iife',
      globalName: 'contract',
      conditions: ['@fascia/source'],
      target: 'es2024',
      write: false,
      logLevel: 'silent',
    });
    const [{ text }] = outputFiles;
    // The bundle's one global is a property of the context; what it may see beside is what the language has.
    const world = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
    runInContext(`${text};globalThis.contract = contract;`, world, { timeout: 10_000 });
    return { entry, bytes: text.length, exports: runInContext('Object.keys(contract)', world) };
  } catch (fault) {
    return { entry, fault: fault instanceof Error ? fault.message : String(fault) };
  }
};

const results = [];
for (const entry of entries) results.push(await run(entry));
process.stdout.write(JSON.stringify(results));
