/**
 * The development issuer: real OpenID Connect with made-up people, for one machine. It hands out anybody's
 * identity to whoever asks, so it serves loopback only and says loudly that it runs.
 */
import type { JSONWebKeySet } from 'jose';
import {
  errors,
  interactionPolicy,
  Provider,
  type AdapterFactory,
  type ClientMetadata,
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { loadIssuerKeys, publicPart, type IssuerKeys } from './keys.js';
import { assertLoopback, isLoopback } from './loopback.js';
import { memoryAdapter } from './memory-adapter.js';
import { errorPage, logoutPage, signedOutPage, type Page, type Persona } from './pages.js';

export const WEB_CLIENT_ID = 'fascia-web';
export const DEMO_SECRET = 'demo';
export const API_SCOPE = 'fascia';

export interface DevelopmentIssuerOptions {
  /** `http://127.0.0.1:8080/oidc`; its path is where it is mounted. */
  readonly issuer: string;
  /** Keys are kept here. */
  readonly dataDir: string;
  readonly personas: readonly Persona[];
  /** Of access tokens: an absolute URI such as `urn:fascia:api`. */
  readonly audience: string;
  /** The address that the server will listen on; anything but loopback is refused. */
  readonly listenHost: string;
  /** In memory when absent: people sign in again after a restart. */
  readonly adapter?: AdapterFactory;
  readonly accessTokenSeconds?: number;
  /** Paths of the web client that may be returned to, on any loopback port. */
  readonly redirectPaths?: readonly string[];
  /** Told once at start. */
  warn(text: string): void;
}

export interface DevelopmentIssuer {
  readonly issuer: string;
  /** Where it is mounted: `/oidc`. */
  readonly path: string;
  /** What verifies its tokens, without asking over the network. */
  readonly jwks: JSONWebKeySet;
  readonly personas: readonly Persona[];
  readonly provider: Provider;
}

const HOUR_SECONDS = 3600;
const SIGNED_IN_SECONDS = 14 * 24 * HOUR_SECONDS;
const HOSTS = ['127.0.0.1', 'localhost', '[::1]'];
const PATHS = ['/', '/signed-in', '/callback', '/silent'];

const clientsFor = ({ personas, redirectPaths = PATHS }: DevelopmentIssuerOptions): ClientMetadata[] => [
  {
    client_id: WEB_CLIENT_ID,
    client_name: 'Fascia',
    // "native" for its one rule: a loopback redirect may use any port (RFC 8252 §7.3).
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: HOSTS.flatMap((host) => redirectPaths.map((path) => `http://${host}${path}`)),
    post_logout_redirect_uris: HOSTS.flatMap((host) => redirectPaths.map((path) => `http://${host}${path}`)),
  },
  ...personas.map(({ id, name }) => ({
    client_id: id,
    client_name: name,
    client_secret: DEMO_SECRET,
    token_endpoint_auth_method: 'client_secret_basic' as const,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  })),
];

const show = (ctx: KoaContextWithOIDC, { html, headers }: Page): void => {
  ctx.set({ ...headers });
  ctx.body = html;
};

/** One audience: asking for another resource is told, never guessed. */
const resourceFor = ({ audience, accessTokenSeconds = HOUR_SECONDS }: DevelopmentIssuerOptions) => ({
  enabled: true,
  defaultResource: () => audience,
  useGrantedResource: () => true,
  getResourceServerInfo: (_ctx: KoaContextWithOIDC, resource: string) => {
    if (resource !== audience) throw new errors.InvalidTarget();
    return {
      scope: API_SCOPE,
      audience,
      accessTokenTTL: accessTokenSeconds,
      accessTokenFormat: 'jwt' as const,
      jwt: { sign: { alg: 'RS256' as const } },
    };
  },
});

/** Nobody is asked to consent to their own development server. */
const grantFor =
  ({ audience }: DevelopmentIssuerOptions) =>
  async (ctx: KoaContextWithOIDC) => {
    const { client, session, provider } = ctx.oidc;
    if (client === undefined || session?.accountId === undefined) return undefined;
    const known = session.grantIdFor(client.clientId);
    const found = known === undefined ? undefined : await provider.Grant.find(known);
    if (found !== undefined) return found;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid profile offline_access');
    grant.addResourceScope(audience, API_SCOPE);
    await grant.save();
    return grant;
  };

const policyWithoutConsent = (): interactionPolicy.DefaultPolicy => {
  const policy = interactionPolicy.base();
  policy.get('consent')?.checks.remove('native_client_prompt');
  return policy;
};

const configurationOf = (
  options: DevelopmentIssuerOptions,
  keys: IssuerKeys,
  path: string,
): Configuration => ({
  adapter: options.adapter ?? memoryAdapter(),
  clients: clientsFor(options),
  jwks: { keys: [...keys.signing] as never },
  cookies: {
    keys: [...keys.cookies],
    names: {
      session: 'fascia_issuer_session',
      interaction: 'fascia_issuer_interaction',
      resume: 'fascia_issuer_resume',
    },
  },
  scopes: ['openid', 'profile', 'offline_access'],
  claims: { openid: ['sub'], profile: ['name', 'title'] },
  conformIdTokenClaims: false,
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: resourceFor(options),
    clientCredentials: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => show(ctx, logoutPage(form)),
      postLogoutSuccessSource: (ctx) => show(ctx, signedOutPage()),
    },
  },
  interactions: {
    policy: policyWithoutConsent(),
    url: (_ctx, interaction) => `${path}/interaction/${interaction.uid}`,
  },
  loadExistingGrant: grantFor(options),
  findAccount: (_ctx, id) => {
    const persona = options.personas.find((one) => one.id === id);
    return (
      persona && { accountId: id, claims: () => ({ sub: id, name: persona.name, title: persona.title }) }
    );
  },
  issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  clientBasedCORS: (_ctx, origin) => isLoopback(URL.parse(origin)?.hostname ?? ''),
  renderError: (ctx, { error, error_description }) => show(ctx, errorPage(error, error_description)),
  pkce: { required: () => true },
  ttl: {
    ClientCredentials: options.accessTokenSeconds ?? HOUR_SECONDS,
    AccessToken: options.accessTokenSeconds ?? HOUR_SECONDS,
    Session: SIGNED_IN_SECONDS,
    Grant: SIGNED_IN_SECONDS,
    RefreshToken: SIGNED_IN_SECONDS,
    Interaction: HOUR_SECONDS,
    IdToken: HOUR_SECONDS,
    AuthorizationCode: 60,
  },
});

/** Ids end up in URLs, client ids and token subjects. */
const checkPersonas = (personas: readonly Persona[]): void => {
  const bad = personas.find(({ id }) => !/^[a-z0-9][a-z0-9-]{0,63}$/.test(id) || id === WEB_CLIENT_ID);
  if (bad !== undefined) throw new Error(`not an id for a demo person: ${bad.id}`);
  if (new Set(personas.map(({ id }) => id)).size !== personas.length)
    throw new Error('two demo people share an id');
};

/** @throws when it would be reachable from other machines. */
export const createDevelopmentIssuer = async (
  options: DevelopmentIssuerOptions,
): Promise<DevelopmentIssuer> => {
  const url = new URL(options.issuer);
  assertLoopback(options.listenHost, url.hostname);
  const path = url.pathname.replace(/\/$/, '');
  if (path === '') throw new Error('the development issuer needs a path of its own, such as /oidc');
  checkPersonas(options.personas);
  const keys = await loadIssuerKeys(options.dataDir);
  const provider = new Provider(options.issuer, configurationOf(options, keys, path));
  options.warn(
    `DEVELOPMENT ISSUER at ${options.issuer}: anybody on this machine can sign in as anybody. Never use it with real patients.`,
  );
  return { issuer: options.issuer, path, jwks: publicPart(keys), personas: options.personas, provider };
};
