/** Whoever never comes here loads none of these. */
import { records } from '../words/records.js';
import { bringWords } from '../words/words.js';

bringWords({ records });
