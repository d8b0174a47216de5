import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevelopmentIssuer, type DevelopmentIssuerOptions } from './development-issuer.js';
import { loadIssuerKeys, publicPart } from './keys.js';
import { isLoopback } from './loopback.js';
import { escapeHtml, loginPage } from './pages.js';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'fascia-issuer-'));
});

afterEach(() => rm(dataDir, { recursive: true, force: true }));

const start = (more: Partial<DevelopmentIssuerOptions> = {}): ReturnType<typeof createDevelopmentIssuer> =>
  createDevelopmentIssuer({
    issuer: 'http://127.0.0.1:8080/oidc',
    dataDir,
    personas: [{ id: 'physician-demo', name: 'Ada', title: 'Physician' }],
    audience: 'urn:fascia:api',
    listenHost: '127.0.0.1',
    warn: () => undefined,
    ...more,
  });

describe('the development issuer', () => {
  it('refuses to start where other machines could reach it', async () => {
    for (const listenHost of ['0.0.0.0', '::', '192.168.1.5', 'fascia.example'])
      await expect(start({ listenHost })).rejects.toThrow('loopback only');
    await expect(start({ issuer: 'http://fascia.example/oidc' })).rejects.toThrow('loopback only');
  });

  it('says loudly that it runs', async () => {
    const said: string[] = [];
    await start({ warn: (text) => said.push(text) });
    expect(said).toEqual([expect.stringContaining('DEVELOPMENT ISSUER')]);
  });

  it('refuses people whose ids would be something else, or somebody else', async () => {
    for (const id of ['fascia-web', 'a b', 'A', '../x', ''])
      await expect(start({ personas: [{ id, name: 'x', title: 'x' }] })).rejects.toThrow('not an id');
    const twin = { id: 'one', name: 'x', title: 'x' };
    await expect(start({ personas: [twin, twin] })).rejects.toThrow('share an id');
  });
});

describe('its keys', () => {
  it("are made once, for the owner's eyes, and stay", async () => {
    const [first, second] = await Promise.all([loadIssuerKeys(dataDir), loadIssuerKeys(dataDir)]);
    expect(second).toEqual(first);
    expect(await loadIssuerKeys(dataDir)).toEqual(first);
    expect((await stat(join(dataDir, 'issuer-keys.json'))).mode & 0o777).toBe(0o600);
  });

  it('are published without their private part', async () => {
    const keys = await loadIssuerKeys(dataDir);
    const [shown] = publicPart(keys).keys;
    expect(Object.keys(shown ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('that cannot be read are told, not replaced', async () => {
    await writeFile(join(dataDir, 'issuer-keys.json'), '{"signing":[]}');
    await expect(loadIssuerKeys(dataDir)).rejects.toThrow('delete the file');
    expect(await readFile(join(dataDir, 'issuer-keys.json'), 'utf8')).toBe('{"signing":[]}');
  });
});

describe('its pages', () => {
  it('escape whatever a name holds', () => {
    expect(escapeHtml(`<a href="x">'&`)).toBe('&lt;a href=&quot;x&quot;&gt;&#39;&amp;');
    const { html } = loginPage('/oidc/interaction/"><script>', [
      { id: 'x"y', name: '<img onerror=x>', title: '&' },
    ]);
    expect(html).not.toMatch(/<script|<img|x"y/);
  });
});

describe('loopback', () => {
  it.each(['127.0.0.1', '127.8.9.1', 'localhost', '::1', '[::1]', '::ffff:127.0.0.1', 'LOCALHOST'])(
    '%s is',
    (host) => expect(isLoopback(host)).toBe(true),
  );
  it.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '1127.0.0.1',
    '',
  ])('%j is not', (host) => expect(isLoopback(host)).toBe(false));
});
