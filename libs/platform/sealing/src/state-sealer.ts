/** Sealing of what was made of a person's events and is kept beside the log: AES-256-GCM under a key derived from the person's. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { SealBroken, type SubjectKey } from './sealer.js';

const INFO = 'fascia.state.v2';
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const derived = ({ secret }: SubjectKey, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, INFO, KEY_BYTES));

/** @param place what it is of: it opens nowhere else */
export const sealState = (key: SubjectKey, place: string, bytes: Buffer): Buffer => {
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)];
  const cipher = createCipheriv('aes-256-gcm', derived(key, salt), nonce).setAAD(Buffer.from(place, 'utf8'));
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([salt, nonce, cipher.getAuthTag(), body]);
};

/** @throws SealBroken when it is of another key or place, or damaged */
export const openState = (key: SubjectKey, place: string, sealed: Buffer): Buffer => {
  try {
    const tagAt = SALT_BYTES + NONCE_BYTES;
    const bodyAt = tagAt + TAG_BYTES;
    const decipher = createDecipheriv(
      'aes-256-gcm',
      derived(key, sealed.subarray(0, SALT_BYTES)),
      sealed.subarray(SALT_BYTES, tagAt),
    )
      .setAAD(Buffer.from(place, 'utf8'))
      .setAuthTag(sealed.subarray(tagAt, bodyAt));
    return Buffer.concat([decipher.update(sealed.subarray(bodyAt)), decipher.final()]);
  } catch {
    throw new SealBroken('a state that was kept does not open');
  }
};
