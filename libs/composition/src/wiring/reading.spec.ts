import type { StoredEvent } from '@fascia/kernel';
import type { Codec } from '@fascia/write-door';
import { readingOf } from './reading.js';

const { isKnown, typesOf } = readingOf({
  decode: () => Promise.reject(new Error('not here')),
} as unknown as Codec);

const stored = (type: string, schemaVersion: number): StoredEvent =>
  ({ type, metadata: Buffer.from(JSON.stringify({ schemaVersion })) }) as unknown as StoredEvent;

describe('an event as this release reads it', () => {
  it.each([
    ['of a type and a version that it declares', 'PatientRegistered', 1, true],
    ['of a type that no aggregate stores, but something else', 'TimerSet', 1, true],
    ['of the next version', 'PatientRegistered', 2, false],
    ['of the next release', 'PatientMoved', 1, false],
  ])('that is %s', (_what, type, version, known) => {
    expect(isKnown(stored(type, version))).toBe(known);
  });
});

describe('the types of a category', () => {
  it('are those of its contract; of streams without an aggregate, what no aggregate stores', () => {
    expect(typesOf('patient')).toContain('PatientRegistered');
    expect(typesOf('patient')).not.toContain('TimerSet');
    expect(typesOf('process')).toContain('TimerSet');
    expect(typesOf('process')).not.toContain('PatientRegistered');
  });
});
