/**
 * What is typed, in this browser as well: for the moment before the service has it, and while it cannot be reached. Sealed under a key
 * that no script can read out, named by nothing that says whose it is, and wiped when somebody signs out.
 */
import { clear, createStore, del, get, set, update, type UseStore } from 'idb-keyval';

export interface Copied {
  readonly content: unknown;
  /** When the service had kept what it goes on from; nothing where it had kept none. */
  readonly base: string | null;
  /** What was sent and not answered: where the service has one of them, it was kept from here. */
  readonly sent?: readonly unknown[];
}

/** Where a form is copied to. What cannot be copied is not waited for: the service keeps it a second later. */
export interface Copies {
  find(form: string): Promise<Copied | undefined>;
  put(form: string, copied: Copied): Promise<void>;
  drop(form: string): Promise<void>;
}

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

const KEY = 'key';
const IV_BYTES = 12;

const text = (of: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(of));

let opened: UseStore | undefined;
const store = (): UseStore => (opened ??= createStore('fascia', 'forms'));

const keyOf = async (): Promise<CryptoKey> => {
  const known = await get<CryptoKey>(KEY, store());
  if (known !== undefined) return known;
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  // Of two tabs that begin at once, both go on with the one that was first.
  await update<CryptoKey>(KEY, (first) => first ?? fresh, store());
  return (await get<CryptoKey>(KEY, store())) ?? fresh;
};

const nameOf = async (owner: string, form: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', text([owner, form]));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** @param owner person and role: who signs in next finds nothing of it */
export const browserCopies = (owner: string): Copies => ({
  find: async (form) => {
    const name = await nameOf(owner, form);
    const sealed = await get<Sealed>(name, store());
    if (sealed === undefined) return undefined;
    const { iv, bytes } = sealed;
    const how = { name: 'AES-GCM', iv, additionalData: text(name) };
    const plain = await crypto.subtle.decrypt(how, await keyOf(), bytes);
    return JSON.parse(new TextDecoder().decode(plain)) as Copied;
  },
  put: async (form, copied) => {
    const name = await nameOf(owner, form);
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const how = { name: 'AES-GCM', iv, additionalData: text(name) };
    const bytes = await crypto.subtle.encrypt(how, await keyOf(), text(copied));
    await set(name, { iv, bytes } satisfies Sealed, store());
  },
  drop: async (form) => del(await nameOf(owner, form), store()),
});

/** Nothing that was typed stays in this browser, whoever typed it. */
export const wipeCopies = (): Promise<void> => clear(store()).catch(() => undefined);
