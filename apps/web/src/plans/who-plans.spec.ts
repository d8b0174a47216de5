import { TRANSITIONS } from '@fascia/plan/contract';
import { PLANNERS } from './who-plans.js';

it('who is offered to write a plan is who may begin one', () => {
  const row = TRANSITIONS.find(({ command }) => command === 'DraftPlan');
  expect(PLANNERS).toEqual(row?.who);
});
