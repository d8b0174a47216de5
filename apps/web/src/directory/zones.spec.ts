import { clockIn, isZoneUnsaid, ownZone, zonesWith } from './zones.js';

const NOW = Date.parse('2026-04-03T22:05:00.000Z');

describe('the clocks of a zone', () => {
  it('show the time that it is there, and the day', () => {
    expect(clockIn('Pacific/Auckland', NOW, ['en-GB'])).toMatch(/^Sat.*11:05$/);
    expect(clockIn('America/New_York', NOW, ['en-GB'])).toMatch(/^Fri.*18:05$/);
  });

  it('show nothing where there is no such zone', () => {
    expect(clockIn('Europe/Atlantis', NOW, ['en-GB'])).toBeUndefined();
    expect(clockIn('', NOW, ['en-GB'])).toBeUndefined();
  });
});

describe('the zones to choose from', () => {
  it('have UTC and the one that holds among them, each once and in order', () => {
    const zones = zonesWith('Nowhere/Known');
    expect(zones).toEqual(expect.arrayContaining(['UTC', 'Nowhere/Known', 'Europe/Berlin']));
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones).toEqual(zones.toSorted());
    expect(zonesWith('')).not.toContain('');
  });

  it('are called as they are called now, and clocks know them', () => {
    const zones = zonesWith('UTC');
    expect(zones).toEqual(expect.arrayContaining(['Asia/Kathmandu', 'Asia/Kolkata', 'Europe/Kyiv']));
    expect(zones).not.toContain('Asia/Katmandu');
    expect(zones.filter((zone) => clockIn(zone, NOW, ['en-GB']) === undefined)).toEqual([]);
  });

  it('have the one of the reader', () => {
    expect(zonesWith(ownZone())).toContain(ownZone());
  });
});

describe('a zone of which nobody has said anything', () => {
  it('is UTC, of an organisation that was imported', () => {
    expect(isZoneUnsaid({ kind: 'other', timeZone: 'UTC' })).toBe(true);
    expect(isZoneUnsaid({ kind: 'other', timeZone: 'Europe/Berlin' })).toBe(false);
    expect(isZoneUnsaid({ kind: 'clinic', timeZone: 'UTC' })).toBe(false);
  });
});
