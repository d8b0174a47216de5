/**
 * Sealing of personal fields (docs/adr/0003-personal-texts-only.md): AES-256-GCM under a key per person. The event's own key
 * is derived from the person's by HKDF-SHA-256 with the event id as salt, together with a key commitment
 * (GCM alone lets one ciphertext open under two keys). The associated data binds stream, version, event id,
 * type and field, so that a sealed value cannot be moved elsewhere unnoticed.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import type { StreamName } from '@fascia/kernel';

/** Key material that belongs to one person, or to the network. */
export interface SubjectKey {
  /** Stands in what is sealed under it; base64url. */
  readonly id: string;
  /** 32 bytes. */
  readonly secret: Buffer;
}

/** Where a sealed value stands: nobody can move it without being noticed. */
export interface SealPlace {
  readonly stream: StreamName;
  readonly version: number;
  readonly eventId: string;
  readonly type: string;
}

const KEY_BYTES = 32;
const COMMITMENT_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v2';
const INFO = 'fascia.seal.v2';

/** The stored value does not open: moved, altered, sealed under another key, or under one that is not there. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** @returns nothing for a text that names no key */
export const keyIdOf = (sealed: string): string | undefined => sealed.split('.')[1];

export interface EventSealer {
  seal(field: string, plaintext: string): string;
  /** @throws SealBroken */
  open(field: string, sealed: string): string;
}

export const eventSealer = (subjectKey: SubjectKey, place: SealPlace): EventSealer => {
  const derived = Buffer.from(
    hkdfSync('sha256', subjectKey.secret, place.eventId, INFO, KEY_BYTES + COMMITMENT_BYTES),
  );
  // Made once for the event's fields: a cipher that is given bytes makes one itself, which takes longer than to open a field.
  const key = createSecretKey(derived.subarray(0, KEY_BYTES));
  const commitment = derived.subarray(KEY_BYTES);
  const associated = (field: string): Buffer =>
    Buffer.from(JSON.stringify([place.stream, place.version, place.eventId, place.type, field]), 'utf8');

  return {
    seal: (field, plaintext) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated(field));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      const bytes = Buffer.concat([commitment, nonce, cipher.getAuthTag(), body]);
      return `${VERSION}.${subjectKey.id}.${bytes.toString('base64url')}`;
    },
    open: (field, sealed) => {
      const [version, keyId, text = ''] = sealed.split('.');
      if (version !== VERSION) throw new SealBroken(`unknown seal version in ${place.stream}`);
      if (keyId !== subjectKey.id)
        throw new SealBroken(`${place.type} in ${place.stream} is sealed under a key that is not there`);
      const bytes = Buffer.from(text, 'base64url');
      const nonceAt = COMMITMENT_BYTES;
      const tagAt = nonceAt + NONCE_BYTES;
      const bodyAt = tagAt + TAG_BYTES;
      if (bytes.length < bodyAt || !timingSafeEqual(bytes.subarray(0, nonceAt), commitment)) {
        throw new SealBroken(`sealed field ${field} of ${place.type} in ${place.stream} is not of this key`);
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(nonceAt, tagAt))
          .setAAD(associated(field))
          .setAuthTag(bytes.subarray(tagAt, bodyAt));
        return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]).toString('utf8');
      } catch {
        throw new SealBroken(
          `sealed field ${field} of ${place.type} in ${place.stream} was moved or altered`,
        );
      }
    },
  };
};
