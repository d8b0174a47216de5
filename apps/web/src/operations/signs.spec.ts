import { missingOf } from './signs.js';

const process = (id: string, name: string, present: boolean, minute: string) => ({
  id,
  name,
  host: 'here',
  startedAt: '2026-04-01T08:00:00.000Z',
  seenAt: `2026-04-01T09:${minute}:00.000Z`,
  present,
});

describe('a process is missing', () => {
  const of = (...processes: readonly ReturnType<typeof process>[]): readonly string[] =>
    missingOf(processes).map(({ id }) => id);

  it('where nothing is heard of it', () => {
    expect(of(process('1', 'relay', false, '00'), process('2', 'projector', true, '10'))).toEqual(['1']);
  });

  it('no more, once another of its name is there', () => {
    expect(of(process('1', 'relay', false, '00'), process('2', 'relay', true, '10'))).toEqual([]);
  });

  it('once, as it was heard of last, however often it was started', () => {
    expect(of(process('2', 'relay', false, '10'), process('1', 'relay', false, '00'))).toEqual(['2']);
  });
});
