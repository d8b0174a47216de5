/** What a file is, by its first bytes: the name and the type that it comes with are the sender's word. */
import { fileTypeFromBuffer } from 'file-type';
import { MEDIA_TYPES, type MediaType } from '../contract/events.js';

/** @returns nothing for what is not taken, text and office documents among it: they say nothing of themselves, or run things */
export const mediaTypeOf = async (bytes: Uint8Array): Promise<MediaType | undefined> => {
  const found = await fileTypeFromBuffer(bytes);
  return MEDIA_TYPES.find((one) => one === found?.mime);
};
