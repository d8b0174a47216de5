/** zod makes functions out of text where it may; the page's policy lets nothing do that, and reports who tries. Comes before any contract. */
import { config } from 'zod';

config({ jitless: true });
