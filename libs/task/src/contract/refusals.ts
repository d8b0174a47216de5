/** How tasks say no. */
import { refusals, refusing } from '@fascia/kernel/contract';

export const TASK_REFUSALS = refusals({
  403: { CLAIM_NEEDS_PERSON: 'Only a person can claim this' },
  404: { TASK_UNKNOWN: 'No such task' },
  409: {
    TASK_CLAIMED: 'Somebody has claimed the task',
    TASK_EXISTS: 'This task exists',
    TASK_NOT_CLAIMED: 'Nobody has claimed the task',
    TASK_OVER: 'The task is over',
  },
});

export const refuse = refusing<keyof typeof TASK_REFUSALS>();
