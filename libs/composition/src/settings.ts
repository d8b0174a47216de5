/** Settings from the environment, checked once at start: a wrong one is a sentence, not a stack trace. */
import { z } from 'zod';

const schema = z.object({
  FASCIA_HOST: z.string().default('127.0.0.1'),
  FASCIA_PORT: z.coerce.number().int().min(0).max(65_535).default(4600),
  FASCIA_DATA_DIR: z.string().min(1).default('.fascia'),
  /** A PostgreSQL of your own; the embedded one when absent. */
  DATABASE_URL: z.string().optional(),
  FASCIA_KEYS: z.string().optional(),
  /** An OIDC issuer of your own; the development issuer when absent. */
  OIDC_ISSUER: z.url().optional(),
  OIDC_AUDIENCE: z.string().default('fascia'),
  OIDC_JWKS_URL: z.url().optional(),
  /** Subjects that are operators before anybody is enrolled. */
  FASCIA_OPERATORS: z.string().default(''),
  FASCIA_LOG: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  FASCIA_LOG_FILE: z.string().optional(),
});

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly keys: string | undefined;
  readonly issuer: { readonly url: string; readonly jwksUrl: string | undefined } | undefined;
  readonly audience: string;
  readonly operators: readonly string[];
  readonly logLevel: string;
  readonly logFile: string | undefined;
}

/** The environment does not fit; the message names each variable and what it should be. */
export class SettingsInvalid extends Error {
  override readonly name = 'SettingsInvalid';
}

const orNothing = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

export const settingsFrom = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(env).map(([name, value]) => [name, orNothing(value)])));
  if (!parsed.success) {
    throw new SettingsInvalid(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const found = parsed.data;
  return {
    host: found.FASCIA_HOST,
    port: found.FASCIA_PORT,
    dataDir: found.FASCIA_DATA_DIR,
    databaseUrl: found.DATABASE_URL,
    keys: found.FASCIA_KEYS,
    issuer: found.OIDC_ISSUER === undefined ? undefined : { url: found.OIDC_ISSUER, jwksUrl: found.OIDC_JWKS_URL },
    audience: found.OIDC_AUDIENCE,
    operators: found.FASCIA_OPERATORS.split(',').map((sub) => sub.trim()).filter((sub) => sub !== ''),
    logLevel: found.FASCIA_LOG,
    logFile: found.FASCIA_LOG_FILE,
  };
};
