/** Whoever sees no visits loads none of these. */
import { visit } from '../words/visit.js';
import { bringWords } from '../words/words.js';

bringWords({ visit });
