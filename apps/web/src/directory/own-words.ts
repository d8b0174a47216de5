/** Words that these pages alone show: they come with them. */
import { directory } from '../words/directory.js';
import { bringWords } from '../words/words.js';

bringWords({ directory });
