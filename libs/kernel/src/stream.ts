/** Streams are named `<category>-<uuid>`. */
import { CATEGORIES, type Category } from './contract/category.js';
import { isUuid } from './contract/text.js';
import { uuidFrom } from './ids.js';

export type StreamName = `${Category}-${string}`;

export const streamOf = (category: Category, id: string): StreamName => `${category}-${id}`;

/** The register stream that holds the claims on one key (a slot, an open referral for a region …). */
export const registerStream = (...key: readonly string[]): StreamName =>
  streamOf('register', uuidFrom('register', ...key));

/** @returns nothing when the text is not a stream name. */
export const parseStream = (text: string): { category: Category; id: string } | undefined => {
  const dash = text.indexOf('-');
  const category = CATEGORIES.find((known) => known === text.slice(0, dash));
  const id = text.slice(dash + 1);
  return category !== undefined && isUuid(id) ? { category, id } : undefined;
};

export const categoryOf = (stream: StreamName): Category => {
  const parsed = parseStream(stream);
  if (parsed === undefined) throw new Error(`not a stream name: ${stream}`);
  return parsed.category;
};

export const idOf = (stream: StreamName): string => stream.slice(stream.indexOf('-') + 1);
