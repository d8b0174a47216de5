/** What keeps a process from starting and a person can mend: a sentence that says where to look. */
import { StoreUnavailable } from '@fascia/kernel';
import { awayBecause, errorName } from '@fascia/retry';

export class CannotStart extends Error {
  override readonly name = 'CannotStart';

  /** @param mayPass whether waiting may help: what is not there yet, as against what is wrong */
  constructor(
    message: string,
    readonly mayPass: boolean,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

const codeOf = (error: unknown): string => (error as { code?: string } | null | undefined)?.code ?? '';

/** What says nothing itself, but where: a migration that failed, a store that is away. */
const WRAPPERS = ['Error', 'StoreUnavailable'];

const rootOf = (error: unknown): unknown =>
  error instanceof Error &&
  codeOf(error) === '' &&
  WRAPPERS.includes(error.name) &&
  error.cause instanceof Error
    ? rootOf(error.cause)
    : error;

/** A socket's folder without a socket in it. */
const NO_SOCKET = 'ENOENT';
const LOGIN_REFUSED = ['28P01', '28000'];
const NO_SUCH_DATABASE = '3D000';

/** @param setting where the address stands. @returns the error itself when it says nothing that a setting could mend */
export const databaseTrouble = (error: unknown, setting = 'DATABASE_URL'): unknown => {
  const root = rootOf(error);
  const code = codeOf(root);
  if (LOGIN_REFUSED.includes(code))
    return new CannotStart(`${setting}: PostgreSQL refuses this user or password.`, false, error);
  if (code === NO_SUCH_DATABASE)
    return new CannotStart(
      `${setting}: there is no database of this name on that server. Make it: createdb.`,
      false,
      error,
    );
  const away = awayBecause(root);
  if (away === 'lost' || code === NO_SOCKET)
    return new CannotStart(`${setting}: no PostgreSQL answers there (${errorName(root)}).`, true, error);
  if (away === 'refused')
    return new CannotStart(`${setting}: PostgreSQL refuses for now (${errorName(root)}).`, true, error);
  return error;
};

const MENDABLE_STORE = ['EventStoreDbAccessDenied', 'UnsuitableEventStoreDb', 'DamagedLog'];

export const eventStoreDbTrouble = (error: unknown, setting = 'EVENTSTOREDB_URL'): unknown => {
  if (error instanceof StoreUnavailable)
    return new CannotStart(`${setting}: no EventStoreDB answers there.`, true, error);
  if (error instanceof Error && MENDABLE_STORE.includes(error.name))
    return new CannotStart(`${setting}: ${error.message}`, false, error);
  return error;
};

const SENTENCES = [
  'CannotStart',
  'SettingsInvalid',
  'AlreadyRunning',
  'CannotRunPostgres',
  'UnsafeServer',
  'LoopbackOnly',
  'NotAlone',
  'MasterKeysInvalid',
  'OtherFormat',
];

/** @returns undefined for a bug, which keeps its stack */
export const sentenceOf = (error: unknown): string | undefined => {
  if (error instanceof Error && SENTENCES.includes(error.name)) return error.message;
  return codeOf(error) === 'EADDRINUSE'
    ? 'The port is taken by another program: choose another with FASCIA_PORT.'
    : undefined;
};
