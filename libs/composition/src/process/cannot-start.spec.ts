import { StoreUnavailable } from '@fascia/kernel';
import { CannotStart, databaseTrouble, eventStoreDbTrouble, sentenceOf } from './cannot-start.js';

const withCode = (code: string): Error => Object.assign(new Error('something with a host in it'), { code });

describe('what keeps a process from starting', () => {
  it.each([
    ['ECONNREFUSED', 'no PostgreSQL answers', true],
    ['ENOTFOUND', 'no PostgreSQL answers', true],
    ['57P03', 'no PostgreSQL answers', true],
    ['25006', 'refuses for now', true],
    ['53300', 'refuses for now', true],
    ['28P01', 'refuses this user', false],
    ['3D000', 'no database of this name', false],
  ])('PostgreSQL says %s: %s', (code, sentence, mayPass) => {
    const trouble = databaseTrouble(withCode(code));
    expect(trouble).toMatchObject({ name: 'CannotStart', mayPass });
    expect(sentenceOf(trouble)).toContain(`DATABASE_URL: `);
    expect(sentenceOf(trouble)).toContain(sentence);
  });

  it.each([
    ['what a migration met', new Error('schema log could not be migrated', { cause: withCode('25006') })],
    ['a server that is silent', new Error('Query read timeout')],
    [
      'a store that met the same',
      new StoreUnavailable('PostgreSQL cannot be reached', { cause: withCode('57P01') }),
    ],
  ])('PostgreSQL is away, by %s: worth waiting for', (_what, error) => {
    expect(databaseTrouble(error)).toMatchObject({ name: 'CannotStart', mayPass: true });
  });

  it('EventStoreDB is not there: worth waiting for', () => {
    const trouble = eventStoreDbTrouble(new StoreUnavailable('EventStoreDB cannot be reached'));
    expect(trouble).toBeInstanceOf(CannotStart);
    expect(trouble).toMatchObject({ mayPass: true });
    expect(sentenceOf(trouble)).toContain('EVENTSTOREDB_URL');
  });

  it('what has its sentence keeps it, whatever it came from', () => {
    const cause = new StoreUnavailable('EventStoreDB cannot be reached', { cause: withCode('ECONNREFUSED') });
    const trouble = eventStoreDbTrouble(cause);
    expect(databaseTrouble(trouble)).toBe(trouble);
  });

  it('EventStoreDB is not one for Fascia: its own sentence', () => {
    const trouble = eventStoreDbTrouble(
      Object.assign(new Error('it needs more of this'), { name: 'UnsuitableEventStoreDb' }),
    );
    expect(trouble).toMatchObject({ mayPass: false });
    expect(sentenceOf(trouble)).toBe('EVENTSTOREDB_URL: it needs more of this');
  });

  it('a port that is taken', () => {
    expect(sentenceOf(withCode('EADDRINUSE'))).toContain('FASCIA_PORT');
  });

  it('a bug keeps its stack', () => {
    const bug = new TypeError('undefined is not a function');
    expect(databaseTrouble(bug)).toBe(bug);
    expect(eventStoreDbTrouble(bug)).toBe(bug);
    expect(sentenceOf(bug)).toBeUndefined();
    expect(sentenceOf(undefined)).toBeUndefined();
  });
});
