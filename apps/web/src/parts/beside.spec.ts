import { beside } from './beside.js';

it('what is gone comes before what is said now, and what was said before is no news', () => {
  expect(beside(['stays', 'comes'], ['goes', 'stays'])).toEqual([
    { text: 'goes', is: 'gone' },
    { text: 'stays', is: 'same' },
    { text: 'comes', is: 'new' },
  ]);
});
