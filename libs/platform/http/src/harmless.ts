/** Of a file that is given out: it is nobody's to run. It is shown in no frame, never guessed to be something else, and kept nowhere. */
export const HARMLESS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-store',
} as const;
