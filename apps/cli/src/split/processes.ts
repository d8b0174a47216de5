/** Which processes a split installation has on one machine, and what each is told. */
import { createServer } from 'node:net';

export interface ProcessPlan {
  readonly name: string;
  /** Which app it runs. */
  readonly app: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}

export interface SplitPlan {
  /** Of the one address for people. */
  readonly host: string;
  readonly port: number;
  readonly projectors: number;
  readonly coordinators: number;
  readonly relays: number;
  /** What every process is told: database, store, broker, log. */
  readonly env: Readonly<Record<string, string>>;
  /** Set when people's identity comes from the development issuer. */
  readonly developmentAudience?: string;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });

const numbered = (app: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => (count === 1 ? app : `${app}-${String(n + 1)}`));

/** Ports beside the one address are whatever is free: nobody but the other processes calls them. */
export const processesOf = async ({
  host,
  port,
  projectors,
  coordinators,
  relays,
  env,
  developmentAudience,
}: SplitPlan): Promise<readonly ProcessPlan[]> => {
  const names = [
    ['write-api', 'write-api'],
    ['read-api', 'read-api'],
    ['audit-api', 'audit-api'],
    ...numbered('relay', relays).map((name) => ['relay', name]),
    ...numbered('projector', projectors).map((name) => ['projector', name]),
    ...numbered('coordinator', coordinators).map((name) => ['coordinator', name]),
  ] as const;
  const inner = await Promise.all(
    names.map(async ([app = '', name = '']) => ({ app, name, port: await freePort() })),
  );
  const url = (name: string): string =>
    `http://127.0.0.1:${String(inner.find((one) => one.name === name)?.port)}`;
  const publicUrl = `http://${host}:${String(port)}`;
  // The development issuer answers under the one address and lives beside the commands; the others check its tokens.
  const checksTokens: Record<string, string> =
    developmentAudience === undefined
      ? {}
      : {
          OIDC_ISSUER: `${publicUrl}/oidc`,
          OIDC_AUDIENCE: developmentAudience,
          OIDC_JWKS_URL: `${url('write-api')}/oidc/jwks`,
        };
  const plans = inner.map(({ app, name, port: own }) => ({
    name,
    app,
    port: own,
    env: {
      ...env,
      FASCIA_HOST: '127.0.0.1',
      FASCIA_PORT: String(own),
      FASCIA_PUBLIC_URL: publicUrl,
      ...(app === 'write-api' ? {} : checksTokens),
    },
  }));
  const gateway = {
    ...env,
    FASCIA_HOST: host,
    FASCIA_PORT: String(port),
    FASCIA_PUBLIC_URL: publicUrl,
    FASCIA_WRITE_URL: url('write-api'),
    FASCIA_READ_URL: url('read-api'),
    FASCIA_AUDIT_URL: url('audit-api'),
  };
  return [...plans, { name: 'gateway', app: 'gateway', port, env: gateway }];
};
