/** The installation's master keys: from `FASCIA_KEYS`, or a key file of mode 0600 beside the data. */
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
  fsyncSync,
  closeSync,
  linkSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreUnavailable } from '@fascia/kernel';

interface MasterKey {
  readonly id: string;
  readonly key: KeyObject;
}

export interface MasterKeys {
  /** Where they come from, for sentences. */
  readonly from: string;
  readonly ids: readonly string[];
  /** Wraps new subject keys. */
  readonly current: MasterKey;
  /** @throws MasterKeyMissing */
  byId(id: string): KeyObject;
  /** As they are now: another process may have turned them over. */
  readAgain(): void;
  /** A new key becomes the current one, durably; those before stay, since backups need them. Absent where somebody else keeps the keys. */
  readonly turnOver?: () => void;
}

/** The message names where the keys come from and how they are written, never a key. */
export class MasterKeysInvalid extends Error {
  override readonly name = 'MasterKeysInvalid';
}

/** A process that was not given a key yet under which a person's key was wrapped: waiting, or a restart with it, may help. */
export class MasterKeyMissing extends StoreUnavailable {}

const parse = (text: string, from: string): readonly [MasterKey, ...MasterKey[]] => {
  const keys = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const [id, encoded] = part.split(':');
      const key = Buffer.from(encoded ?? '', 'base64url');
      if (id === undefined || id === '' || key.length !== 32) {
        throw new MasterKeysInvalid(
          `${from} must hold "<id>:<32 bytes in base64url>", the current key first, further keys after a comma`,
        );
      }
      return { id, key: createSecretKey(key) };
    });
  const [current, ...others] = keys;
  if (current === undefined) throw new MasterKeysInvalid(`${from} holds no key`);
  return [current, ...others];
};

const newLine = (): string =>
  `${new Date().toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64url')}\n`;

/**
 * The file is written whole or not at all: losing it would lose every personal field.
 * @param put how the new file takes its place
 */
const writeKeyFile = (path: string, text: string, put: (fresh: string, path: string) => void): void => {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  const file = openSync(fresh, 'w', 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  put(fresh, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
};

/** Of two processes that begin on one folder, one makes it, and the other reads that. */
const putOnce = (fresh: string, path: string): void => {
  try {
    linkSync(fresh, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(fresh);
  }
};

/** @param read the keys as they are now, the current one first */
const keysFrom = (from: string, read: () => string, turnOver?: () => void): MasterKeys => {
  let keys = parse(read(), from);
  const readAgain = (): void => {
    keys = parse(read(), from);
  };
  const find = (id: string): KeyObject | undefined => keys.find((key) => key.id === id)?.key;
  return {
    from,
    get ids() {
      return keys.map(({ id }) => id);
    },
    get current() {
      return keys[0];
    },
    readAgain,
    byId: (id) => {
      const known = find(id);
      if (known !== undefined) return known;
      // Another process may have turned them over since.
      readAgain();
      const found = find(id);
      if (found === undefined)
        throw new MasterKeyMissing(`master key "${id}" is not in ${from}: add it after the current one`);
      return found;
    },
    ...(turnOver === undefined
      ? {}
      : {
          turnOver: () => {
            turnOver();
            readAgain();
          },
        }),
  };
};

export interface MasterKeySettings {
  /** `FASCIA_KEYS`. */
  readonly keys?: string | undefined;
  readonly dataDir: string;
  /** Whether a key file may be made: only where nothing was sealed yet; default false. */
  readonly mayMake?: boolean;
}

/** @throws MasterKeysInvalid, also where there is no key file and one may not be made */
export const masterKeys = ({ keys, dataDir, mayMake = false }: MasterKeySettings): MasterKeys => {
  if (keys !== undefined && keys !== '') return keysFrom('FASCIA_KEYS', () => keys);
  const path = join(dataDir, 'keys');
  if (!existsSync(path)) {
    if (!mayMake)
      throw new MasterKeysInvalid(
        `There is no key file ${path}, and these data were sealed under a key that was in it: a new one would open nothing. Put the file back from where you keep it, or give its keys in FASCIA_KEYS.`,
      );
    writeKeyFile(path, newLine(), putOnce);
  }
  return keysFrom(
    path,
    () => readFileSync(path, 'utf8'),
    () => {
      writeKeyFile(path, `${newLine()}${readFileSync(path, 'utf8')}`, renameSync);
    },
  );
};
