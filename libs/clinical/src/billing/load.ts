/** Loads the table of service codes that ships with the package, once, at first use; an installation may put its own in its place. */
import { readFileSync } from 'node:fs';
import { ServiceCodes } from '../service-codes.js';

/** As deep in `src` as in `dist`: one relative path serves both. */
const DATA = new URL('../../data/service-codes.json', import.meta.url);

let loaded: ServiceCodes | undefined;

export const loadServiceCodes = (): ServiceCodes => {
  loaded ??= ServiceCodes.parse(readFileSync(DATA, 'utf8'));
  return loaded;
};
