/** Loads the catalogue that ships with the package, once, at first use. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { IcdCatalogue } from './catalogue.js';
import { parseIcdData } from './data.js';

/** `src/icd10` and `dist/icd10` are equally deep, so one relative path serves both; tsc copies no data files. */
const DATA = new URL('../../data/icd10cm.txt.gz', import.meta.url);

let loaded: IcdCatalogue | undefined;

/** About 0.2 s the first time, nothing after that. */
export const loadIcdCatalogue = (): IcdCatalogue => {
  loaded ??= new IcdCatalogue(parseIcdData(gunzipSync(readFileSync(DATA)).toString('utf8')));
  return loaded;
};
