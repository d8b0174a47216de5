/** Words that this page alone shows: they come with it. */
import { keys } from '../words/keys.js';
import { bringWords } from '../words/words.js';

bringWords({ keys });
