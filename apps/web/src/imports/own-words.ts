/** Whoever never comes here loads none of these. */
import { imports } from '../words/imports.js';
import { bringWords } from '../words/words.js';

bringWords({ imports });
