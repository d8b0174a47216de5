/** PM9: a plan that the therapist established goes to the referring physician at once. */
import { idOf } from '@fascia/kernel';
import type { ProcessManager } from './process.js';

export const showPlanToPhysician: ProcessManager = {
  name: 'show-plan-to-physician',
  takes: ['PlanEstablished'],
  react: (event) => ({
    commands: [
      { category: 'plan', id: idOf(event.stream), command: { type: 'SubmitPlan', channel: 'portal' } },
    ],
  }),
};
