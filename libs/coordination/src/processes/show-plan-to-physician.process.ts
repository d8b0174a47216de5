/** A plan that the therapist established goes to the referring physician at once (docs/domain/processes.md#plans). */
import { idOf } from '@fascia/kernel';
import { referralOf, type EventNamed, type Process, type Requested } from '../process.js';

export const showPlanToPhysician: Process<
  EventNamed<'PlanEstablished'>,
  Record<never, never>,
  Requested<'plan', 'SubmitPlan'>
> = {
  name: 'show-plan-to-physician',
  takes: ['PlanEstablished'],
  initial: {},
  instanceOf: referralOf,
  react: ({ stream }) => ({
    gives: [{ category: 'plan', id: idOf(stream), command: { type: 'SubmitPlan', channel: 'portal' } }],
  }),
};
