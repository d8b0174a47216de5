/** Files as people have them: how large, what they are called, and how they are saved. */
import type { Answer } from '../api/questions.js';
import { readersLocale } from '../words/words.js';

type Paper = Answer<'getDocument'>;

const MIB = 1024 ** 2;
const KIB = 1024;

/** Of one document (docs/domain/documents.md#what-is-taken). */
export const MOST_BYTES = 20 * MIB;

/** What a person may choose from; what a file is, the service says by its first bytes. */
export const CHOSEN_FROM = '.pdf,.png,.jpg,.jpeg,.tif,.tiff,.dcm';

/** "1.2 MB"; of what is there, never nothing. */
export const sizeText = (bytes: number): string => {
  const [unit, size] = bytes < MIB ? (['kilobyte', KIB] as const) : (['megabyte', MIB] as const);
  return new Intl.NumberFormat(readersLocale(), { style: 'unit', unit, maximumFractionDigits: 1 }).format(
    Math.max(0.1, bytes / size),
  );
};

const LONGEST = 100;

/** What a file is called, as a title of one line that can be stored. */
export const titleOf = (fileName: string): string =>
  Array.from(fileName.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').trim())
    .slice(0, LONGEST)
    .join('')
    .trim();

/** The first is how it ends where nobody called it otherwise. */
const ENDINGS: Readonly<Record<Paper['mediaType'], readonly string[]>> = {
  'application/pdf': ['.pdf'],
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/tiff': ['.tif', '.tiff'],
  'application/dicom': ['.dcm'],
};

/** A name that says what is in it, whatever whoever filed it called it. */
export const savedAs = (called: string, mediaType: Paper['mediaType']): string => {
  const endings = ENDINGS[mediaType];
  const name = called.replaceAll(/[/\\:]/g, ' ');
  return endings.some((ending) => name.toLowerCase().endsWith(ending)) ? name : `${name}${endings[0] ?? ''}`;
};

/** Until it is on its way to the disk. */
const NEEDED_MS = 60_000;

/** Shown by the browser itself, in a tab that was opened for it; kept by whoever keeps it from there. */
export const show = (bytes: Blob, tab: Window): void => {
  const address = URL.createObjectURL(bytes);
  tab.location.replace(address);
  setTimeout(() => URL.revokeObjectURL(address), NEEDED_MS);
};

/** Saved by the browser, and shown in no page: no address of it outlives that. */
export const save = (bytes: Blob, name: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), NEEDED_MS);
};
