/** What is broken is told, or it is not: never by chance. A property draws the same histories in every run that judges mutations. */
import fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_126 });
