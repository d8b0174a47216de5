import { describeRules } from './cruise.js';

describeRules('a file in a room where it may not be', {
  config: '.dependency-cruiser.cjs',
  roots: ['libs', 'apps'],
  folder: 'test/architecture/fixtures/rooms',
});
