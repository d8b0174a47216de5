import { describeRules } from './cruise.js';

describeRules('a door that brings along what it may not', {
  config: '.dependency-cruiser.runtime.cjs',
  roots: ['libs', 'apps'],
  folder: 'test/architecture/fixtures/reachable',
});
