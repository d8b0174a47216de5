import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SETTING_NAMES, settingsFrom, SettingsInvalid } from './settings.js';

const dir = mkdtempSync(join(tmpdir(), 'fascia-settings-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const file = (name: string, text: string): string => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};

describe('settings', () => {
  it('serve one process on loopback when nothing is said', () => {
    expect(settingsFrom({})).toMatchObject({
      host: '127.0.0.1',
      port: 4600,
      publicUrl: 'http://127.0.0.1:4600',
      databaseUrl: undefined,
      eventStoreDbUrl: undefined,
      kafka: { brokers: [], client: 'kafkajs' },
    });
  });

  it('take a port of the process where none is said, and zero where zero is said', () => {
    expect(settingsFrom({}, 4611).port).toBe(4611);
    expect(settingsFrom({ FASCIA_PORT: '0' }, 4611).port).toBe(0);
  });

  it('read lists, and pass over empty texts', () => {
    const found = settingsFrom({
      KAFKA_BROKERS: 'one:9092, two:9092,',
      FASCIA_OPERATORS: '',
      OIDC_JWKS_URL: '',
    });
    expect(found.kafka.brokers).toEqual(['one:9092', 'two:9092']);
    expect(found.operators).toEqual([]);
  });

  it('cover idle screens after ten minutes, or as is said for all and for some', () => {
    const organization = '0198d0a0-0000-7000-8000-000000000001';
    expect(settingsFrom({}).web.idle).toEqual({ minutes: 10, of: {} });
    expect(settingsFrom({ FASCIA_IDLE_MINUTES: `15, ${organization}=5` }).web.idle).toEqual({
      minutes: 15,
      of: { [organization]: 5 },
    });
    for (const wrong of ['0', 'never', '10, 5', `10, ${organization}`, `10, ${organization}=0`])
      expect(() => settingsFrom({ FASCIA_IDLE_MINUTES: wrong })).toThrow(SettingsInvalid);
  });

  it('come from files as well: secrets by file', () => {
    expect(
      settingsFrom({ DATABASE_URL_FILE: file('database', 'postgresql://somebody@host/fascia\n') })
        .databaseUrl,
    ).toBe('postgresql://somebody@host/fascia');
  });

  it('prefer what is said to what is in a file', () => {
    expect(
      settingsFrom({ KAFKA_TOPIC: 'said', KAFKA_TOPIC_FILE: file('topic', 'written') }).kafka.topic,
    ).toBe('said');
  });

  it('take FASCIA_LOG_FILE for where the log goes, which is read by nobody', () => {
    expect(settingsFrom({ FASCIA_LOG_FILE: join(dir, 'not-there-yet') }).logFile).toBe(
      join(dir, 'not-there-yet'),
    );
  });

  it.each([
    ['a secret whose file is missing', { FASCIA_KEYS_FILE: '/nowhere/keys' }, 'FASCIA_KEYS_FILE'],
    ['EventStoreDB without its address', { EVENT_STORE: 'eventstoredb' }, 'EVENTSTOREDB_URL'],
    ['a database of another kind', { DATABASE_URL: 'mysql://host/fascia' }, 'DATABASE_URL: postgresql://'],
    [
      'an event store of another kind',
      { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'http://host:2113' },
      'EVENTSTOREDB_URL: esdb://',
    ],
    ['a store that nobody knows', { EVENT_STORE: 'floppy' }, 'EVENT_STORE'],
    ['a port that is none', { FASCIA_PORT: 'http' }, 'FASCIA_PORT'],
    ['no partition at all', { FASCIA_PARTITIONS: '0' }, 'FASCIA_PARTITIONS'],
    ['a word where an origin is to be', { FASCIA_WEB_CONNECT: "'unsafe-inline'" }, 'FASCIA_WEB_CONNECT'],
    ['an origin that is no page', { FASCIA_WEB_CONNECT: 'javascript:alert(1)' }, 'FASCIA_WEB_CONNECT'],
  ])('refuse %s with a sentence that names it', (_, env, name) => {
    expect(() => settingsFrom(env)).toThrow(SettingsInvalid);
    expect(() => settingsFrom(env)).toThrow(name);
  });

  it('are listed by name, for what is written around the processes', () => {
    expect(SETTING_NAMES).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'KAFKA_BROKERS', 'EVENTSTOREDB_URL', 'FASCIA_KEYS']),
    );
  });
});
