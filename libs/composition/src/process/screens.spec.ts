import { screensOf } from './screens.js';
import { settingsFrom } from './settings.js';

type Environment = Readonly<Record<string, string>>;

const told = (env: Environment): ReturnType<typeof screensOf> => screensOf(settingsFrom(env));

describe('what the screens are told of who signs people in', () => {
  it('is the development issuer where none is configured: at the address where people reach the page', () => {
    expect(told({})).toMatchObject({
      config: {
        issuer: 'http://127.0.0.1:4600/oidc',
        clientId: 'fascia-web',
        scope: 'openid profile offline_access fascia',
        demo: true,
      },
      connect: [],
      origin: 'http://127.0.0.1:4600',
    });
  });

  it('is the same beside other processes, where that issuer is configured like any other', () => {
    const split = { FASCIA_PORT: '4602', FASCIA_PUBLIC_URL: 'http://127.0.0.1:4700' };
    expect(told({ ...split, OIDC_ISSUER: 'http://127.0.0.1:4700/oidc' })).toEqual(told(split));
  });

  it("is an issuer of one's own, to which the page may speak", () => {
    const own = told({
      OIDC_ISSUER: 'https://sso.example.org/realms/clinic',
      FASCIA_WEB_CLIENT_ID: 'clinic-screens',
      FASCIA_WEB_SCOPE: 'openid profile',
      FASCIA_WEB_RESOURCE: 'urn:clinic:fascia',
      FASCIA_WEB_CONNECT: 'https://tokens.example.org/oauth2, https://sso.example.org',
    });
    expect(own).toMatchObject({
      config: {
        issuer: 'https://sso.example.org/realms/clinic',
        clientId: 'clinic-screens',
        scope: 'openid profile',
        resource: 'urn:clinic:fascia',
        demo: false,
      },
      connect: ['https://sso.example.org', 'https://tokens.example.org'],
    });
    expect(own).not.toHaveProperty('origin');
  });

  it("is no demo because of an address alone: one's own issuer may stand behind the same host", () => {
    const behind = {
      FASCIA_PUBLIC_URL: 'https://fascia.example',
      OIDC_ISSUER: 'https://fascia.example/oidc',
    };
    expect(told(behind).config.demo).toBe(false);
  });
});
