/** Words that these pages alone show: they come with them. */
import { auditing } from '../words/auditing.js';
import { bringWords } from '../words/words.js';

bringWords({ auditing });
