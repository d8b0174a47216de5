import { TRANSITIONS } from '@fascia/referral/contract';
import { ORDERERS } from './places.js';

it('who is offered a new referral is who may begin one', () => {
  const row = TRANSITIONS.find(({ command }) => command === 'DraftReferral');
  expect(ORDERERS.toSorted()).toEqual(row?.who.toSorted());
});
