/** Who says who people are: an issuer of one's own, or the development issuer with the demo people. */
import {
  createDevelopmentIssuer,
  createTokenVerifier,
  sqlAdapter,
  type DevelopmentIssuer,
  type TokenVerifier,
} from '@fascia/access';
import type { Rows } from '@fascia/kernel';
import { PEOPLE } from '../demo/people.js';
import type { Settings } from './settings.js';

export interface Identity {
  readonly verifier: TokenVerifier;
  readonly development?: DevelopmentIssuer;
}

/** The development issuer's tokens are for this audience; an issuer of one's own says its own. */
export const DEVELOPMENT_AUDIENCE = 'urn:fascia:api';

/** It answers at the address where people reach everything else. */
export const developmentIssuerAt = ({ publicUrl }: Pick<Settings, 'publicUrl'>): string =>
  `${publicUrl}/oidc`;

/** Tokens of a configured issuer. */
const configured = ({ url, jwksUrl }: NonNullable<Settings['issuer']>, audience: string): Identity => ({
  verifier: createTokenVerifier({
    issuer: url,
    audience,
    jwks: new URL(jwksUrl ?? `${url.replace(/\/$/, '')}/.well-known/jwks.json`),
  }),
});

/** Of a process that nobody signs in to. */
const nobody: Identity = { verifier: { verify: () => Promise.resolve({ ok: false, fault: 'wrongIssuer' }) } };

/** For processes that only check tokens. */
export const checkedIdentity = ({ issuer, audience }: Settings): Identity =>
  issuer === undefined ? nobody : configured(issuer, audience);

export const identityFor = async (
  settings: Settings,
  rows: Rows,
  warn: (text: string) => void,
): Promise<Identity> => {
  if (settings.issuer !== undefined) return configured(settings.issuer, settings.audience);
  const development = await createDevelopmentIssuer({
    issuer: developmentIssuerAt(settings),
    dataDir: settings.dataDir,
    personas: PEOPLE.map(({ account, given, family, title }) => ({
      id: account,
      name: `${given} ${family}`,
      title,
    })),
    audience: DEVELOPMENT_AUDIENCE,
    listenHost: settings.host,
    adapter: sqlAdapter({ query: async (text, values) => ({ rows: await rows.query(text, values) }) }),
    warn,
  });
  const verifier = createTokenVerifier({
    issuer: development.issuer,
    audience: DEVELOPMENT_AUDIENCE,
    jwks: development.jwks,
  });
  return { verifier, development };
};
