import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lifecyclePicture } from './lifecycle-picture.js';

const PAGE = join(import.meta.dirname, '..', '..', 'docs', 'lifecycle.md');

describe('the lifecycle page', () => {
  it('is the picture of the transition table as it stands', () => {
    if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(PAGE, lifecyclePicture());
    expect(readFileSync(PAGE, 'utf8')).toBe(lifecyclePicture());
  });
});
