/** How deadlines say no. */
import { refusals, refusing } from '@fascia/kernel/contract';

export const DEADLINE_REFUSALS = refusals({
  409: {
    DEADLINE_STANDS: 'This deadline stands already',
    DEADLINE_NOT_DUE: 'This deadline is not due yet',
  },
  422: { DEADLINE_ENDLESS: 'Nothing says when this deadline is due' },
});

export const refuse = refusing<keyof typeof DEADLINE_REFUSALS>();
