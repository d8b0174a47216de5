/** Words that this page alone shows: they come with it. */
import { proposed } from '../words/proposed.js';
import { bringWords } from '../words/words.js';

bringWords({ proposed });
