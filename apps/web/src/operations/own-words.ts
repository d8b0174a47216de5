/** Words that these pages alone show: they come with them. */
import { operations } from '../words/operations.js';
import { bringWords } from '../words/words.js';

bringWords({ operations });
