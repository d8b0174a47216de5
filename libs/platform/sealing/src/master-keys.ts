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
  renameSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export interface MasterKeys {
  /** Wraps new subject keys. */
  readonly current: { readonly id: string; readonly key: KeyObject };
  /** @throws Error naming the id when it is not among the keys given */
  byId(id: string): KeyObject;
}

/** The message names where the keys come from and how they are written, never a key. */
class MasterKeysInvalid extends Error {
  override readonly name = 'MasterKeysInvalid';
}

const parse = (text: string, from: string): MasterKeys => {
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
  const [current] = keys;
  if (current === undefined) throw new MasterKeysInvalid(`${from} holds no key`);
  return {
    current,
    byId: (id) => {
      const found = keys.find((key) => key.id === id);
      if (found === undefined)
        throw new Error(`master key "${id}" is not in ${from}: add it after the current one`);
      return found.key;
    },
  };
};

/** The file is written whole or not at all: losing it would lose every personal field. */
const writeNewKeyFile = (path: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  const file = openSync(fresh, 'w', 0o600);
  writeSync(
    file,
    `${new Date().toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}:${randomBytes(32).toString('base64url')}\n`,
  );
  fsyncSync(file);
  closeSync(file);
  renameSync(fresh, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
};

/** @param settings `FASCIA_KEYS` when set, else the key file under the data directory, made at first start. */
export const masterKeys = (settings: {
  readonly keys?: string | undefined;
  readonly dataDir: string;
}): MasterKeys => {
  if (settings.keys !== undefined && settings.keys !== '') return parse(settings.keys, 'FASCIA_KEYS');
  const path = join(settings.dataDir, 'keys');
  if (!existsSync(path)) writeNewKeyFile(path);
  return parse(readFileSync(path, 'utf8'), path);
};
