import fc from 'fast-check';
import { isPartialDate } from '@fascia/kernel/contract';
import { isDateTime } from './date.js';

describe('a FHIR date', () => {
  it.each(['1975', '1975-10', '1975-10-12', '2024-02-29'])('%s exists', (text) => {
    expect(isPartialDate(text)).toBe(true);
  });

  it.each([
    '',
    '75',
    '1975-13',
    '1975-1-1',
    '2023-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-00-10',
    '0000',
    '0202-04-01',
    '1492',
    '9999-12-31',
    '1975-10-12T00:00:00Z',
    '19751012',
  ])('%j does not', (text) => {
    expect(isPartialDate(text)).toBe(false);
  });

  it('is any day of the calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1800-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (day) => {
          expect(isPartialDate(day.toISOString().slice(0, 10))).toBe(true);
          expect(isDateTime(day.toISOString())).toBe(true);
        },
      ),
    );
  });
});

describe('a FHIR date with a time', () => {
  it.each([
    '1975',
    '1975-10-12',
    '2000-11-19T12:01:49+00:00',
    '2000-11-19T12:01:49.123Z',
    '2000-11-19T12:01:49-05:00',
  ])('%s is one', (text) => {
    expect(isDateTime(text)).toBe(true);
  });

  it.each([
    '2000-11T12:01:49Z',
    '2000-11-19T12:01Z',
    '2000-11-19T24:01:49Z',
    '2000-11-19T12:01:49',
    '2000-02-30T12:01:49Z',
  ])('%s is none', (text) => {
    expect(isDateTime(text)).toBe(false);
  });
});
